import { z } from "zod";

import { CalendlyRefused } from "../../_shared/calendly-token.ts";
import { rpc } from "../../_shared/db.ts";
import { log, reason } from "../../_shared/log.ts";
import { readBusyTimes } from "./calendly-busy.ts";
import { readEventTypes } from "./calendly-event-types.ts";
import { reconcile } from "./calendly-reconcile.ts";
import { keepSubscription } from "./calendly-subscription.ts";

const WorkSchema = z.object({
  coach_id: z.string(),
  user_uri: z.string(),
  organization_uri: z.string(),
  plan: z.enum(["unknown", "free", "paid"]),
  webhook_uri: z.string().nullable(),
  read_at: z.string(),
  until: z.string(),
  intake: z.array(z.string()),
});

export type SyncWork = z.infer<typeof WorkSchema>;

/**
 * Reads a coach's calendar: event types, plan, what was booked, and when they are busy. All of it
 * is kept at once, or nothing. A sync that fails is not tried again: the next one is ten minutes away,
 * and the coach sees since when their calendar is unread.
 */
export async function calendlySync(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  try {
    const subscription = await keepSubscription(work);
    await reconcile(work);
    const eventTypes = await readEventTypes(work);
    const busyTimes = await readBusyTimes(work);
    const isKept = await rpc("record_calendly_sync", {
      coach_id: work.coach_id,
      result: {
        user_uri: work.user_uri,
        read_at: work.read_at,
        ...subscription,
        event_types: eventTypes,
        busy_times: busyTimes,
      },
    });
    return { is_kept: isKept, busy_times: busyTimes.length };
  } catch (error) {
    log("warn", "calendar_not_read", { why: reason(error) });
    // Whose connection was refused has been told so already.
    if (!(error instanceof CalendlyRefused)) {
      const sentence = "Calendly did not answer as expected.";
      await rpc("fail_calendly_sync", { coach_id: work.coach_id, error: sentence });
    }
    return { is_kept: false };
  }
}
