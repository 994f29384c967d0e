import { z } from "zod";

import { callCalendly } from "../../_shared/calendly.ts";
import { revokeToken } from "../../_shared/calendly-token.ts";

const WorkSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  webhook_uri: z.string().nullable(),
});

/**
 * Ends a connection at Calendly: no more webhooks, no more tokens. The subscription goes only
 * if the access token still lives; without a token Calendly has nobody to deliver for anyway.
 */
export async function calendlyRevoke(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  if (work.webhook_uri) {
    const response = await callCalendly(work.access_token, work.webhook_uri, { method: "DELETE" });
    await response.body?.cancel();
  }
  await revokeToken(work.refresh_token);
  await revokeToken(work.access_token);
  return { revoked: true };
}
