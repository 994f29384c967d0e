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
const ROUNDS = 20;

/** A wish: the start in the first week, and in which weeks from there. */
type Wish = { startsAt: number; weeks: number[] };

function take({ db }: Client, coach: Coach, { startsAt, weeks }: Wish) {
  const order = { offer_id: coach.offer.id, time_zone: "America/New_York" };
  const starts = weeks.map((week) => new Date(startsAt + week * WEEK).toISOString());
  return starts.length === 1
    ? db.rpc("request_booking", { ...order, starts_at: starts[0]! })
    : db.rpc("request_series", { ...order, starts });
}

/** What is held lapses, and no job ends it: whoever wants the times does. */
async function letHoldsLapse({ coach }: Coach): Promise<void> {
  await sql`
    update public.bookings set hold_expires_at = now()
    where coach_id = ${coach.id} and status = 'held'
  `;
}

it("never books half a series, whoever wants its weeks at the same moment", async () => {
  const coach = await createCoach();
  await sql`
    update public.availability_settings set slot_step_minutes = 15 where coach_id = ${coach.coach.id}
  `;
  const clients = await Promise.all(Array.from({ length: 8 }, createSignedIn));
  const at = (await freeHour()).getTime();
  const codes: string[] = [];
  let done = 0;

  for (let round = 0; round < ROUNDS; round += 1) {
    // A lapsed series with a gap: who ends it has its weeks, while another has the one in between.
    await letHoldsLapse(coach);
    toValue(await take(clients[0]!, coach, { startsAt: at, weeks: [0, 2] }));
    await letHoldsLapse(coach);

    const wishes: Wish[] = [
      { startsAt: at, weeks: [0, 1, 2, 3] },
      { startsAt: at, weeks: [1, 2] },
      { startsAt: at + HOUR / 4, weeks: [1, 2, 3] },
      { startsAt: at - HOUR / 4, weeks: [0, 1] },
      { startsAt: at + HOUR / 2, weeks: [1, 2] },
      { startsAt: at, weeks: [2] },
      { startsAt: at + HOUR / 4, weeks: [1] },
    ];
    const answers = await Promise.all(
      wishes.map((wish, index) => take(clients[index + 1]!, coach, wish)),
    );
    done += answers.filter(({ error }) => !error).length;
    codes.push(...answers.flatMap(({ error }) => (error ? [error.code] : [])));
    expect(await overlappingSessions()).toEqual([]);
    expect(await halfOrders([coach.coach.id])).toEqual([]);
  }

  expect(codes.filter((code) => !Object.hasOwn(STATUS_BY_CODE, code))).toEqual([]);
  expect(codes.length).toBeGreaterThan(0);
  expect(done).toBeGreaterThanOrEqual(ROUNDS);
}, 120_000);

it("makes a meeting for each session of a series, writes one mail, and returns the price of one", async () => {
  const coach = await createCoach();
  const dana = await createSignedIn();
  const startsAt = (await freeHour()).getTime();
  const first = toValue(await take(dana, coach, { startsAt, weeks: [0, 1, 2] }));

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
