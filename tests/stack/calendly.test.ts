import { expect, it } from "vitest";

import { sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { admin, stackValue } from "../e2e/support/stack.ts";
import { bookPaid, cancel, freeHour, hold, statusOf } from "./support/booking.ts";
import {
  actAtCalendly,
  connectAccount,
  eventsAtCalendly,
  eventStatuses,
} from "./support/calendly.ts";
import { createSignedIn, signIn } from "./support/client.ts";
import { drain } from "./support/outbox.ts";
import { until } from "./support/until.ts";
import { refundsAtStripe, release, setModes, settled, subjectsTo } from "./support/vendors.ts";

it("twenty that want a fresh token at once use the refresh token once", async () => {
  const coach = await createCoach();
  const { person } = await connectAccount(coach);
  await admin("CALENDLY", `people/${person.uuid}/expire-tokens`, {});
  await sql`update private.calendly_connections set access_expires_at = now() where coach_id = ${coach.coach.id}`;
  const before = await lastRequest();

  await sql`
    select private.enqueue_calendly_sync(${coach.coach.id}, 'race:' || number)
    from generate_series(1, 20) as number
  `;
  // Several workers at a time, as when cron and a new row both wake one.
  const dispatch = () =>
    fetch(`${stackValue("SUPABASE_URL")}/functions/v1/dispatch`, {
      method: "POST",
      headers: { apikey: stackValue("SUPABASE_SECRET_KEY") },
    });
  await Promise.all([dispatch(), dispatch(), dispatch()]);
  await drain();

  const asked = (await requestsToCalendly()).filter(({ number }) => number > before);
  expect(asked.filter(({ path }) => path === "/oauth/token")).toHaveLength(1);
  const [connection] = await sql`
    select status, last_error from private.calendly_connections where coach_id = ${coach.coach.id}
  `;
  expect(connection).toEqual({ status: "connected", last_error: null });
  const [row] = await sql<{ kept: number }[]>`
    select count(*)::integer as kept from private.outbox
    where topic = 'calendly.sync' and dedupe_key like ${`%${coach.coach.id}:race:%`} and status = 'done'
  `;
  expect(row?.kept).toBe(20);
});

it("a session is written at Calendly, moved there, and called off there", async () => {
  const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const account = await connectAccount(coach);
  const { bookingId, startsAt } = await bookPaid(dana, coach);
  await drain();
  const { standing } = await eventsAtCalendly(account);
  expect(standing.map(({ tracking }) => tracking.utm_content)).toEqual([bookingId]);
  expect(Date.parse(standing[0]?.start ?? "")).toBe(startsAt.getTime());

  const later = await freeHour();
  const moved = await dana.db.rpc("reschedule_booking", {
    booking_id: bookingId,
    starts_at: later.toISOString(),
  });
  expect(moved.error).toBeNull();
  await drain();
  const after = await eventsAtCalendly(account);
  expect(after.standing.map(({ start }) => Date.parse(start))).toEqual([later.getTime()]);
  expect(after.cancelled).toHaveLength(1);

  await cancel(dana, bookingId);
  await drain();
  expect((await eventsAtCalendly(account)).standing).toEqual([]);
  expect(await eventStatuses(bookingId)).toEqual(["cancelled", "cancelled"]);
});

it("an answer that was lost makes no second event", async () => {
  const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const account = await connectAccount(coach);
  await admin("CALENDLY", "faults", {
    kind: "timeout-after-commit",
    method: "POST",
    path: "^/invitees$",
  });
  const { bookingId } = await bookPaid(dana, coach);
  await drain();
  expect((await eventsAtCalendly(account)).standing).toHaveLength(1);
  expect(await eventStatuses(bookingId)).toEqual(["created"]);
  const [row] = await sql<{ attempts: number }[]>`
    select attempts from private.outbox
    where topic = 'calendly.create_event' and result ->> 'event_uri' like ${`%${
      (await eventsAtCalendly(account)).standing[0]?.eventUuid
    }`}
  `;
  expect(row?.attempts).toBeGreaterThan(1);
});

it("a time that is taken at Calendly in between leaves our session, and both are told", async () => {
  const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const account = await connectAccount(coach);
  // Everything that Calendly is asked waits, so that the other is faster there.
  await admin("CALENDLY", "faults", {
    kind: "status",
    status: 500,
    method: "POST",
    path: "^/invitees$",
  });
  const { bookingId, startsAt } = await bookPaid(dana, coach);
  await until("the first attempt has failed", async () => {
    const [row] = await sql<{ attempts: number }[]>`
      select attempts from private.outbox where topic = 'calendly.create_event' and status = 'pending'
        and last_error is not null
    `;
    return (row?.attempts ?? 0) > 0;
  });
  await admin("CALENDLY", "bookings", {
    eventType: account.eventTypes[0]?.uuid,
    start: startsAt.toISOString(),
    name: "Somebody Else",
    email: "somebody.else@market.example",
  });
  await drain();

  expect(await statusOf(bookingId)).toBe("confirmed");
  expect(await eventStatuses(bookingId)).toEqual(["clash"]);
  for (const person of [dana, await signIn(coach)]) {
    const { data } = await person.db.rpc("has_calendar_clash", { booking_id: bookingId });
    expect(data).toBe(true);
    expect(await subjectsTo(person.person.email)).toContainEqual(
      expect.stringMatching(/^Please check the time/),
    );
  }
});

it("a time that is taken at Calendly is let go before anybody pays for it", async () => {
  const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const account = await connectAccount(coach);
  const startsAt = await freeHour();
  await admin("CALENDLY", "bookings", {
    eventType: account.eventTypes[0]?.uuid,
    start: startsAt.toISOString(),
    name: "Somebody Else",
    email: "somebody.else@market.example",
  });
  const { bookingId } = await hold(dana, coach, startsAt);
  await drain();
  expect(await statusOf(bookingId)).toBe("expired");
});

it.each(["in order", "reversed"] as const)(
  "a session that is moved at Calendly moves here, its two events %s and twice each",
  async (order) => {
    const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
    const account = await connectAccount(coach);
    const { bookingId } = await bookPaid(dana, coach);
    await drain();
    await settled("CALENDLY");

    const later = await freeHour();
    await setModes("CALENDLY", { hold: true, duplicate: true });
    await actAtCalendly(account, { reschedule: later });
    await release("CALENDLY", order);
    await setModes("CALENDLY", { duplicate: false });
    await drain();

    const [row] = await sql<{ starts_at: Date; status: string }[]>`
      select starts_at, status from public.bookings where id = ${bookingId}
    `;
    expect(row).toMatchObject({ starts_at: later, status: "confirmed" });
    expect((await eventsAtCalendly(account)).standing).toHaveLength(1);
    expect(await refundsAtStripe(bookingId)).toEqual([]);
    const [moves] = await sql<{ count: number }[]>`
      select count(*)::integer as count from public.booking_events
      where booking_id = ${bookingId} and before = 'confirmed' and after = 'confirmed'
    `;
    expect(moves?.count).toBe(1);
  },
);

it("a session that is called off at Calendly is off here, and its money goes back once", async () => {
  const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const account = await connectAccount(coach);
  const { bookingId } = await bookPaid(dana, coach);
  await drain();
  await setModes("CALENDLY", { duplicate: true });
  await actAtCalendly(account, "cancel");
  await settled("CALENDLY");
  await setModes("CALENDLY", { duplicate: false });
  await drain();
  expect(await statusOf(bookingId)).toBe("cancelled");
  expect(await refundsAtStripe(bookingId)).toHaveLength(1);
});

it("what a lost webhook should have told is found by the next sync", async () => {
  const [dana, ben, coach] = await Promise.all([createSignedIn(), createSignedIn(), createCoach()]);
  const account = await connectAccount(coach);
  const moved = await bookPaid(dana, coach);
  await drain();
  await settled("CALENDLY");
  await setModes("CALENDLY", { drop: true });
  const later = await freeHour();
  await actAtCalendly(account, { reschedule: later });
  await sql`select private.enqueue_calendly_sync(${coach.coach.id}, 'lost: moved')`;
  await drain();
  const [row] = await sql<{ starts_at: Date; status: string }[]>`
    select starts_at, status from public.bookings where id = ${moved.bookingId}
  `;
  expect(row).toMatchObject({ starts_at: later, status: "confirmed" });
  expect(await refundsAtStripe(moved.bookingId)).toEqual([]);

  await actAtCalendly(account, "cancel");
  await sql`select private.enqueue_calendly_sync(${coach.coach.id}, 'lost: cancelled')`;
  await drain();
  await setModes("CALENDLY", { drop: false });
  expect(await statusOf(moved.bookingId)).toBe("cancelled");
  expect(await refundsAtStripe(moved.bookingId)).toHaveLength(1);
  expect(await statusOf((await bookPaid(ben, coach)).bookingId)).toBe("confirmed");
});

/** What was asked of Calendly lately, the latest first. */
async function requestsToCalendly() {
  const { requests } = await admin<{ requests: { number: number; path: string }[] }>(
    "CALENDLY",
    "requests",
  );
  return requests;
}

async function lastRequest(): Promise<number> {
  return (await requestsToCalendly())[0]?.number ?? 0;
}
