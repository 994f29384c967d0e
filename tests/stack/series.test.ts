import { expect, it } from "vitest";

import { STATUS_BY_CODE, toValue } from "~/lib/domain-error";

import { sql } from "../e2e/support/database.ts";
import { mailTo } from "../e2e/support/mail.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { cancel, freeHour, openCheckout, pay, statusOf } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { drain } from "./support/outbox.ts";
import { halfOrders, overlappingSessions } from "./support/storm-checks.ts";
import { until } from "./support/until.ts";
import { meetingsAtZoom, refundsAtStripe } from "./support/vendors.ts";

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const ROUNDS = 12;

/** A wish: the first start, and in how many weeks. */
type Wish = { startsAt: number; weeks: number };

function take({ db }: Client, coach: Coach, { startsAt, weeks }: Wish) {
  const order = { offer_id: coach.offer.id, time_zone: "America/New_York" };
  const starts = Array.from({ length: weeks }, (_, week) =>
    new Date(startsAt + week * WEEK).toISOString(),
  );
  return weeks === 1
    ? db.rpc("request_booking", { ...order, starts_at: starts[0]! })
    : db.rpc("request_series", { ...order, starts });
}

it("never books half a series, whoever wants its weeks at the same moment", async () => {
  const coach = await createCoach();
  await sql`
    update public.availability_settings set slot_step_minutes = 15 where coach_id = ${coach.coach.id}
  `;
  const clients = await Promise.all(Array.from({ length: 8 }, createSignedIn));
  const begin = (await freeHour()).getTime();
  const codes: string[] = [];
  let done = 0;

  for (let round = 0; round < ROUNDS; round += 1) {
    const at = begin + round * 2 * HOUR;
    // Each meets several of the others in another of its weeks, and holds one while it wants the next.
    const wishes: Wish[] = [
      { startsAt: at, weeks: 4 },
      { startsAt: at + HOUR / 4, weeks: 4 },
      { startsAt: at + WEEK - HOUR / 4, weeks: 3 },
      { startsAt: at + WEEK, weeks: 2 },
      { startsAt: at + 2 * WEEK + HOUR / 2, weeks: 2 },
      { startsAt: at + 3 * WEEK, weeks: 1 },
      { startsAt: at + WEEK + HOUR / 4, weeks: 1 },
      { startsAt: at, weeks: 1 },
    ];
    const answers = await Promise.all(
      wishes.map((wish, index) => take(clients[index]!, coach, wish)),
    );
    done += answers.filter(({ error }) => !error).length;
    codes.push(...answers.flatMap(({ error }) => (error ? [error.code] : [])));
    expect(await overlappingSessions()).toEqual([]);
    expect(await halfOrders([coach.coach.id])).toEqual([]);

    // What is held lapses before the next round, whose first request ends it.
    await sql`
      update public.bookings set hold_expires_at = now()
      where coach_id = ${coach.coach.id} and status = 'held'
    `;
    await sql`select private.expire_holds()`;
  }

  expect(done).toBeGreaterThanOrEqual(ROUNDS);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !Object.hasOwn(STATUS_BY_CODE, code))).toEqual([]);
}, 120_000);

it("makes a meeting for each session of a series, writes one mail, and returns the price of one", async () => {
  const coach = await createCoach();
  const dana = await createSignedIn();
  const startsAt = (await freeHour()).getTime();
  const first = toValue(await take(dana, coach, { startsAt, weeks: 3 }));

  expect(await pay(dana, await openCheckout(dana, first))).toBe(303);
  await until("the series is confirmed", async () => (await statusOf(first)) === "confirmed");
  const sessions = await sql<{ id: string; starts_at: Date }[]>`
    select id, starts_at from public.bookings where coach_id = ${coach.coach.id} order by starts_at
  `;
  await drain();
  for (const { id, starts_at } of sessions) {
    const [meeting, ...others] = await meetingsAtZoom(id);
    expect(Date.parse(meeting?.startTime ?? "")).toBe(starts_at.getTime());
    expect(others).toEqual([]);
  }
  const [mail, ...others] = await mailTo(dana.person.email);
  expect(mail?.subject).toMatch(/^Confirmed: 3 × /);
  expect(mail?.attachments).toHaveLength(3);
  expect(others).toEqual([]);

  expect(await cancel(dana, sessions[1]!.id)).toBe(12_050);
  expect(await cancel(dana, sessions[2]!.id)).toBe(12_050);
  await drain();
  expect((await refundsAtStripe(first)).map(({ amount }) => amount)).toEqual([12_050, 12_050]);
  expect(await meetingsAtZoom(sessions[0]!.id)).toHaveLength(1);
  expect(await meetingsAtZoom(sessions[1]!.id)).toEqual([]);
});
