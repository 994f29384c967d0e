import { createHash } from "node:crypto";

import {
  changeAccount,
  createCalendlyAccount,
  type CalendlyAccount,
} from "../../e2e/support/calendly.ts";
import { sql } from "../../e2e/support/database.ts";
import type { Coach } from "../../e2e/support/people.ts";
import { admin, stackValue } from "../../e2e/support/stack.ts";
import { drain } from "./outbox.ts";

const VERIFIER = "the verifier of the tests, which is as long as it has to be";
const SCOPES =
  "users:read event_types:read availability:read scheduled_events:write webhooks:write";

/**
 * Connects an account, paid unless it is said, reads it, and has the coach's offer booked there as
 * its hour.
 */
export async function connectAccount(
  coach: Coach,
  plan: "free" | "paid" = "paid",
): Promise<CalendlyAccount> {
  const account = await createCalendlyAccount(plan);
  // Other tests decide which hours are left.
  await changeAccount(account, {
    hours: { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "24:00" },
  });
  const tokens = await tokensOf(account);
  const uri = `${stackValue("CALENDLY_URL")}/users/${account.person.uuid}`;
  const { people } = await admin<{ people: { uuid: string; organizationUuid: string }[] }>(
    "CALENDLY",
    "state",
  );
  const organization = people.find(({ uuid }) => uuid === account.person.uuid)?.organizationUuid;
  await sql`select public.connect_calendly(${coach.profile.id}, ${uri},
    ${`${stackValue("CALENDLY_URL")}/organizations/${organization}`}, ${account.person.name},
    ${stackValue("CALENDLY_URL")}, ${tokens.access_token}, ${tokens.refresh_token}, 7200)`;
  await drain();

  // Our session is as long as Calendly's, and fits into the last hour of a day.
  await sql`update public.weekly_hours set ends_at = '24:00' where coach_id = ${coach.coach.id}`;
  await sql`update public.offers set duration_minutes = 60 where id = ${coach.offer.id}`;
  await sql`
    insert into public.calendly_offers (lineage_id, coach_id, event_type_id)
    select offers.lineage_id, offers.coach_id, calendly_event_types.id
    from public.offers
    join public.calendly_event_types using (coach_id)
    where offers.id = ${coach.offer.id} and calendly_event_types.duration_minutes = 60
  `;
  return account;
}

async function tokensOf({ person }: CalendlyAccount) {
  const redirect_uri = `${stackValue("APP_ORIGIN")}/coach/calendly/callback`;
  const client_id = stackValue("CALENDLY_CLIENT_ID");
  const query = new URLSearchParams({
    client_id,
    redirect_uri,
    response_type: "code",
    scope: SCOPES,
    state: "s",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
  });
  const consent = await fetch(`${stackValue("CALENDLY_URL")}/oauth/authorize?${query}`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ person: person.uuid, answer: "allow" }),
  });
  const code = new URL(consent.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const authorization = `Basic ${btoa(`${client_id}:${stackValue("CALENDLY_CLIENT_SECRET")}`)}`;
  const answer = await fetch(`${stackValue("CALENDLY_URL")}/oauth/token`, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri,
      code_verifier: VERIFIER,
    }),
  });
  return (await answer.json()) as { access_token: string; refresh_token: string };
}

type Booked = {
  ownerUuid: string;
  eventUuid: string;
  inviteeUuid: string;
  start: string;
  tracking: { utm_content: string | null };
  cancellation: object | null;
};

/** The events of an account that stand, and those that were called off. */
export async function eventsAtCalendly({ person }: CalendlyAccount) {
  const { booked } = await admin<{ booked: Booked[] }>("CALENDLY", "state");
  const own = booked.filter(({ ownerUuid }) => ownerUuid === person.uuid);
  return {
    standing: own.filter(({ cancellation }) => !cancellation),
    cancelled: own.filter(({ cancellation }) => cancellation),
  };
}

/** Somebody moves or calls off, at Calendly, the one event of an account that stands. */
export async function actAtCalendly(
  account: CalendlyAccount,
  act: { reschedule: Date } | "cancel",
): Promise<void> {
  const [event] = (await eventsAtCalendly(account)).standing;
  const path = `bookings/${event?.inviteeUuid}`;
  if (act === "cancel") await admin("CALENDLY", `${path}/cancel`, {});
  else await admin("CALENDLY", `${path}/reschedule`, { start: act.reschedule.toISOString() });
}

/** How the row of a booking's event at Calendly reads: the statuses, in order. */
export async function eventStatuses(bookingId: string): Promise<string[]> {
  const rows = await sql<{ status: string }[]>`
    select status from private.calendly_events where booking_id = ${bookingId} order by created_at
  `;
  return rows.map(({ status }) => status);
}

/** From now on what is booked at a coach's Calendly becomes a session here. */
export async function takeBookings({ coach }: Coach): Promise<void> {
  await sql`
    update private.calendly_connections set intake = 'on', intake_began_at = now()
    where coach_id = ${coach.id}
  `;
}

/** Somebody books the hour of an account at Calendly. */
export async function bookThere(
  { eventTypes }: CalendlyAccount,
  start: Date,
  guest: { name: string; email: string },
): Promise<void> {
  const [hour] = eventTypes;
  await admin("CALENDLY", "bookings", {
    eventType: hour?.uuid,
    start: start.toISOString(),
    name: guest.name,
    email: guest.email,
  });
}

/** Has a coach's calendar read once more, as cron does. */
export async function readAgain({ coach }: Coach): Promise<void> {
  await sql`select private.enqueue_calendly_sync(${coach.id}, gen_random_uuid()::text)`;
  await drain();
}

type Session = { id: string; status: string; starts_at: Date; client_id: string };

/** A coach's sessions, in the order in which they were made. */
export async function sessionsOf({ coach }: Coach): Promise<Session[]> {
  return sql<Session[]>`
    select id, status, starts_at, client_id from public.bookings
    where coach_id = ${coach.id} order by created_at
  `;
}
