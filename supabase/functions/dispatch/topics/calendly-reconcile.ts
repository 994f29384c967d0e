import { z } from "zod";

import { calendly } from "../../_shared/calendly.ts";
import { rpc } from "../../_shared/db.ts";
import { log, reason } from "../../_shared/log.ts";
import { httpError } from "../../_shared/vendor-error.ts";

const EventSchema = z.looseObject({ uri: z.string(), event_type: z.string() });
type Event = z.infer<typeof EventSchema>;

const PageSchema = z.object({
  collection: z.array(EventSchema),
  pagination: z.object({ next_page_token: z.string().nullish() }),
});
const InviteeSchema = z.looseObject({
  uri: z.string(),
  event: z.string(),
  created_at: z.string(),
  rescheduled: z.boolean(),
  old_invitee: z.string().nullish(),
  new_invitee: z.string().nullish(),
});
type Invitee = z.infer<typeof InviteeSchema>;

const KnownSchema = z.array(z.object({ event_uri: z.string(), stands: z.boolean() }));

type Coach = {
  coach_id: string;
  user_uri: string;
  /** The event types whose bookings become sessions here. */
  intake: string[];
};

/**
 * Compares what we know with what is at Calendly: what was called off or moved there, which a lost
 * webhook should have told, and what was booked there, which is always read here, as it is by then.
 * What was handed on before changes nothing.
 */
export async function reconcile(coach: Coach): Promise<void> {
  const standing = (await knownEvents(coach)).filter(({ stands }) => stands);
  if (standing.length > 0) {
    const uris = new Set(standing.map(({ event_uri }) => event_uri));
    for (const event of await eventsAhead(coach, "canceled")) {
      if (uris.has(event.uri)) await handOnGone(coach, event);
    }
  }

  if (coach.intake.length === 0) return;
  // Asked anew: what has just been moved has another event by now.
  const known = new Set((await knownEvents(coach)).map(({ event_uri }) => event_uri));
  for (const event of await eventsAhead(coach, "active")) {
    if (!coach.intake.includes(event.event_type) || known.has(event.uri)) continue;
    // One that can't be taken must not keep the rest of the calendar from being read.
    await handOnBooked(coach, event).catch((error: unknown) => {
      log("error", "calendly_booking_not_taken", { event: event.uri, why: reason(error) });
    });
  }
}

async function knownEvents({ coach_id }: Coach) {
  return KnownSchema.parse(await rpc("calendly_events_ahead", { coach_id }));
}

async function eventsAhead({ coach_id, user_uri }: Coach, status: "active" | "canceled") {
  const found: Event[] = [];
  let pageToken: string | null | undefined;
  do {
    const query = new URLSearchParams({
      user: user_uri,
      status,
      min_start_time: new Date().toISOString(),
      count: "100",
      ...(pageToken && { page_token: pageToken }),
    });
    const page = PageSchema.parse(await read(coach_id, `/scheduled_events?${query}`));
    found.push(...page.collection);
    pageToken = page.pagination.next_page_token;
  } while (pageToken);
  return found;
}

async function handOnGone(coach: Coach, event: Event): Promise<void> {
  const invitee = await inviteeOf(coach, event);
  if (!invitee) return;

  if (!invitee.rescheduled || !invitee.new_invitee) {
    await take(coach, "invitee.canceled", invitee, event);
    return;
  }
  const created = await readInvitee(coach, invitee.new_invitee);
  const moved = z
    .object({ resource: EventSchema })
    .parse(await read(coach.coach_id, created.event)).resource;
  await take(coach, "invitee.created", created, moved);
}

async function handOnBooked(coach: Coach, event: Event): Promise<void> {
  const invitee = await inviteeOf(coach, event);
  if (!invitee) return;
  const made_at = (await firstOf(coach, invitee)).created_at;
  await take(coach, "invitee.created", { ...invitee, made_at }, event);
}

/** An event type of ours is for one person. */
async function inviteeOf({ coach_id }: Coach, { uri }: Event): Promise<Invitee | undefined> {
  const answer = await read(coach_id, `${uri}/invitees`);
  return z.object({ collection: z.array(InviteeSchema) }).parse(answer).collection[0];
}

/** The invitee who was rescheduled, perhaps again and again, into this one. */
async function firstOf(coach: Coach, invitee: Invitee): Promise<Invitee> {
  let first = invitee;
  while (first.old_invitee) first = await readInvitee(coach, first.old_invitee);
  return first;
}

async function readInvitee({ coach_id }: Coach, uri: string): Promise<Invitee> {
  return z.object({ resource: InviteeSchema }).parse(await read(coach_id, uri)).resource;
}

async function take(coach: Coach, type: string, invitee: Invitee, event: Event): Promise<void> {
  await rpc("take_calendly_event", {
    coach_id: coach.coach_id,
    event: { event: type, payload: { ...invitee, scheduled_event: event } },
  });
}

async function read(coachId: string, path: string): Promise<unknown> {
  const response = await calendly(coachId, path);
  if (!response.ok) throw await httpError("calendly", response);
  return await response.json();
}
