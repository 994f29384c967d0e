import { z } from "zod";

import { calendly } from "../../_shared/calendly.ts";
import { httpError } from "../../_shared/vendor-error.ts";

const EventsSchema = z.object({ collection: z.array(z.object({ uri: z.string() })) });
const InviteesSchema = z.object({
  collection: z.array(
    z.object({
      uri: z.string(),
      tracking: z.object({ utm_content: z.string().nullish() }).nullish(),
    }),
  ),
});

export type FoundEvent = { event_uri: string; invitee_uri: string };

type Sought = {
  coach_id: string;
  user_uri: string;
  booking_id: string;
  email: string | null;
  starts_at: string;
};

/** The event at Calendly that was made for a booking, by the booking's id in its tracking, or null. */
export async function findEvent(sought: Sought): Promise<FoundEvent | null> {
  if (!sought.email) return null; // Without an address nothing was ever made.
  const start = new Date(sought.starts_at).toISOString();
  const query = new URLSearchParams({
    user: sought.user_uri,
    invitee_email: sought.email,
    min_start_time: start,
    max_start_time: start,
    status: "active",
    count: "100",
  });
  const { collection } = EventsSchema.parse(
    await read(sought.coach_id, `/scheduled_events?${query}`),
  );
  for (const { uri } of collection) {
    const invitees = InviteesSchema.parse(await read(sought.coach_id, `${uri}/invitees`));
    const own = invitees.collection.find(
      ({ tracking }) => tracking?.utm_content === sought.booking_id,
    );
    if (own) return { event_uri: uri, invitee_uri: own.uri };
  }
  return null;
}

async function read(coachId: string, path: string): Promise<unknown> {
  const response = await calendly(coachId, path);
  if (!response.ok) throw await httpError("calendly", response);
  return await response.json();
}
