import { randomUUID } from "node:crypto";

import { beforeAll, expect, it } from "vitest";

import { toValue } from "~/lib/domain-error";

import { sql } from "../e2e/support/database.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { cancel, freeHour, openCheckout, pay } from "./support/booking.ts";
import { createSignedIn, signIn, type Client } from "./support/client.ts";
import { until } from "./support/until.ts";

const SEATS = 12;
const HOUR_MS = 3_600_000;

let coach: Coach;
let desk: Client;
let offerId: string;
let clients: Client[];

beforeAll(async () => {
  // Fifty sign-ins are news for clerk-webhook, and none of this test.
  await admin("CLERK", "modes", { drop: true });
  coach = await createCoach();
  desk = await signIn(coach);
  offerId = randomUUID();
  await sql`
    insert into public.offers (id, coach_id, kind, title, duration_minutes, price_cents, seats)
    values (${offerId}, ${coach.coach.id}, 'group_session', 'Price clinic', 60, 4000, ${SEATS})
  `;
  clients = await Promise.all(Array.from({ length: 50 }, createSignedIn));
});

/** A date of the group session, at an hour of the coach's that is free. */
async function schedule(at?: Date): Promise<string> {
  const startsAt = at ?? (await freeHour());
  return toValue(await desk.db.rpc("schedule_date", { offer_id: offerId, ...wallTime(startsAt) }));
}

/** An instant as the coach reads it from calendar and clock. */
function wallTime(instant: Date) {
  const text = instant.toLocaleString("sv-SE", { timeZone: coach.coach.time_zone });
  return { day: text.slice(0, 10), starts_at: text.slice(11) };
}

function takeSeat(client: Client, dateId: string) {
  return client.db.rpc("take_seat", { group_date_id: dateId, time_zone: "America/New_York" });
}

function codesOf(answers: { error: { code: string } | null }[]): string[] {
  return answers.flatMap(({ error }) => (error ? [error.code] : []));
}

/** How many seats of a date are live, as the rows say it. */
async function liveSeats(dateId: string): Promise<number> {
  const [row] = await sql<{ seats: number }[]>`
    select count(*)::integer as seats from public.bookings
    where group_date_id = ${dateId} and status in ('held', 'confirmed')
  `;
  return row?.seats ?? 0;
}

it("gives twelve seats to twelve of fifty who ask at once, and tells the others", async () => {
  const dateId = await schedule();

  const answers = await Promise.all(clients.map((client) => takeSeat(client, dateId)));

  expect(answers.filter(({ error }) => !error)).toHaveLength(SEATS);
  expect(codesOf(answers)).toEqual(Array(clients.length - SEATS).fill("OGFUL"));
  const [refused] = answers.flatMap(({ error }) => error ?? []);
  expect(refused?.message).toBe("Every seat of this date is taken. Choose another date.");
  expect(await liveSeats(dateId)).toBe(SEATS);
});

it("gives one person who asks twenty times at once one seat", async () => {
  const dateId = await schedule();
  const client = await createSignedIn();

  const answers = await Promise.all(Array.from({ length: 20 }, () => takeSeat(client, dateId)));

  expect(codesOf(answers)).toEqual(Array(19).fill("OGTWO"));
});

it("never puts a date and a session with one client at one time, whoever is first", async () => {
  await freeCoach();
  const first = (await freeHour()).getTime();
  const hours = Array.from({ length: 12 }, (_, hour) => new Date(first + hour * HOUR_MS));

  const answers = await Promise.all(
    hours.map(async (startsAt, index) => {
      const rivals = clients.slice(index * 4, index * 4 + 4);
      const [date, ...bookings] = await Promise.all([
        desk.db.rpc("schedule_date", { offer_id: offerId, ...wallTime(startsAt) }),
        ...rivals.map(({ db }) =>
          db.rpc("request_booking", {
            offer_id: coach.offer.id,
            starts_at: startsAt.toISOString(),
            time_zone: "America/New_York",
          }),
        ),
      ]);
      return [date, ...bookings];
    }),
  );

  for (const answer of answers) {
    expect(answer.filter(({ error }) => !error)).toHaveLength(1);
    expect(["OGCLH", "OBTKN"]).toEqual(expect.arrayContaining([...new Set(codesOf(answer))]));
  }
  const overlaps = await sql`
    select from public.group_dates
    join public.bookings using (coach_id)
    where group_dates.coach_id = ${coach.coach.id}
      and group_dates.during && bookings.during
      and group_dates.called_off_at is null
      and bookings.group_date_id is distinct from group_dates.id
      and bookings.status in ('held', 'confirmed')
  `;
  expect([...overlaps]).toEqual([]);
});

it("lets nobody keep a seat at a date that is called off while seats are taken, paid and given up", async () => {
  await freeCoach();
  const dateId = await schedule();
  const early = await Promise.all(
    clients.slice(0, 4).map(async (client) => {
      const bookingId = toValue(await takeSeat(client, dateId));
      return { client, bookingId, page: await openCheckout(client, bookingId) };
    }),
  );
  const [given, ...paying] = early;
  expect(await pay(given!.client, given!.page)).toBe(303);
  await until("the first seat is confirmed", async () => {
    const [row] = await sql`select status from public.bookings where id = ${given!.bookingId}`;
    return row?.status === "confirmed";
  });

  const [calledOff, takers] = await Promise.all([
    desk.db.rpc("call_off_date", { group_date_id: dateId, reason: "I am ill." }),
    Promise.all(clients.slice(4, 24).map((client) => takeSeat(client, dateId))),
    Promise.all(paying.map(({ client, page }) => pay(client, page))),
    cancel(given!.client, given!.bookingId).catch(() => null),
  ]);

  expect(calledOff.error).toBeNull();
  const expected = new Set(["OGOVR", "OGFUL"]);
  expect(codesOf(takers).filter((code) => !expected.has(code))).toEqual([]);
  await until("nobody has a seat", async () => {
    await sql`select private.empty_dates()`; // What somebody was at is left to the job.
    return (await liveSeats(dateId)) === 0;
  });
  await until("all that was paid goes back", async () => {
    const kept = await sql`
      select from public.payments
      join public.bookings on bookings.order_id = payments.order_id
      where bookings.group_date_id = ${dateId} and payments.status = 'succeeded'
        and not exists (
          select from public.refunds
          where refunds.payment_id = payments.id and refunds.amount_cents = payments.amount_cents
        )
    `;
    return kept.length === 0;
  });
});

/** Three holds are a client's most: those of the test before would count. */
async function freeCoach(): Promise<void> {
  await sql`
    update public.bookings set hold_expires_at = now()
    where coach_id = ${coach.coach.id} and status = 'held'
  `;
  await sql`select private.expire_holds()`;
}
