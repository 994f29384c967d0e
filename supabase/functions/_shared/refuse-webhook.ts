import { refuse } from "./answer.ts";
import { rpc } from "./db.ts";
import { log, reason } from "./log.ts";

/**
 * Answers 400 to a webhook whose sender we cannot trust and writes it down for the admins.
 * That it could not be written down changes nothing of the refusal.
 */
export async function refuseWebhook(vendor: string, why: string): Promise<Response> {
  log("warn", "webhook_refused", { vendor, why });
  await rpc("record_security_event", {
    kind: "webhook_refused",
    detail: { vendor, reason: why },
  }).catch((error: unknown) => log("error", "security_event_not_recorded", { why: reason(error) }));
  return refuse(400, why, "The signature of this webhook is missing, wrong or too old.");
}
