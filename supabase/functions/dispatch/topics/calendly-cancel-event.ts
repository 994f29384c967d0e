import { z } from "zod";

import { calendly } from "../../_shared/calendly.ts";
import { httpError } from "../../_shared/vendor-error.ts";
import { findEvent } from "./calendly-find-event.ts";

const WorkSchema = z.object({
  coach_id: z.string(),
  booking_id: z.string(),
  user_uri: z.string(),
  event_uri: z.string().nullable(),
  starts_at: z.string(),
  email: z.string().nullable(),
  is_unpaid: z.boolean(),
});

/** What whoever booked reads in the mail that Calendly sends. */
const REASONS = {
  unpaid: "It was not paid for in time on Walkthrough.",
  other: "Moved or cancelled on Walkthrough.",
};

/**
 * Calls the event of a booking off at Calendly. Cancelled already (403) or gone (404) is what
 * we want. Without its address it is looked for: it may have been made, and the answer lost.
 */
export async function calendlyCancelEvent(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  const uri = work.event_uri ?? (await findEvent(work))?.event_uri;
  if (!uri) return { cancelled: false };

  const response = await calendly(work.coach_id, `${uri}/cancellation`, {
    method: "POST",
    body: { reason: work.is_unpaid ? REASONS.unpaid : REASONS.other },
  });
  if (!response.ok && ![403, 404].includes(response.status)) {
    throw await httpError("calendly", response);
  }
  await response.body?.cancel();
  return { cancelled: response.ok };
}
