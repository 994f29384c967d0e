import { expect, it } from "vitest";

import { sql } from "../e2e/support/database.ts";
import { createCoach, createPerson } from "../e2e/support/people.ts";
import { freeHour } from "./support/booking.ts";
import { signIn, type Client } from "./support/client.ts";

const CLIENTS = 12;

/** As many clients as there are starts, who all ask at once, each for another. */
async function askAtOnce(coach: Awaited<ReturnType<typeof createCoach>>, starts: Date[]) {
  const clients: Client[] = [];
  while (clients.length < starts.length) clients.push(await signIn(await createPerson()));
  const answers = await Promise.all(
    clients.map(({ db }, index) =>
      db.rpc("request_booking", {
        offer_id: coach.offer.id,
        starts_at: starts[index]!.toISOString(),
        time_zone: "America/New_York",
      }),
    ),
  );
  return answers.map(({ error }) => error?.code ?? "booked");
}

it("keeps the buffer between two sessions that are taken at the same moment", async () => {
  const coach = await createCoach();
  await sql`
    update public.availability_settings set buffer_after_minutes = 60 where coach_id = ${coach.coach.id}
  `;
  const first = (await freeHour()).getTime();
  // Every hour: no two overlap, and each neighbor is too close.
  const starts = Array.from({ length: CLIENTS }, (_, index) => new Date(first + index * 3_600_000));
  const results = await askAtOnce(coach, starts);

  expect(results).toContain("booked");
  expect(new Set(results)).toEqual(new Set(["booked", "OBTKN"]));
  const [close] = await sql`
    select count(*)::integer
    from public.bookings as one
    join public.bookings as other
      on other.coach_id = one.coach_id and other.id <> one.id
      and other.starts_at >= one.starts_at
      and other.starts_at < one.ends_at + interval '60 minutes'
    where one.coach_id = ${coach.coach.id}
  `;
  expect(close?.["count"]).toBe(0);
});

it("lets no more clients in than the day has room for, when all come at once", async () => {
  const coach = await createCoach();
  await sql`
    update public.availability_settings set max_sessions_per_week = 2 where coach_id = ${coach.coach.id}
  `;
  const first = (await freeHour()).getTime();
  const starts = Array.from({ length: CLIENTS }, (_, index) => new Date(first + index * 3_600_000));
  const results = await askAtOnce(coach, starts);

  // The hours may lie on two sides of a Monday: two for each of the weeks, or the one that was asked for.
  const weeks = await sql<{ asked: number; booked: number }[]>`
    select count(*)::integer as asked, count(bookings.id)::integer as booked
    from unnest(${starts.map((start) => start.toISOString())}::timestamptz[]) as asked (starts_at)
    left join public.bookings
      on bookings.coach_id = ${coach.coach.id} and bookings.starts_at = asked.starts_at
    group by date_trunc('week', asked.starts_at at time zone ${coach.coach.time_zone ?? "America/Chicago"})
  `;
  expect(results).toContain("booked");
  for (const { asked, booked } of weeks) expect(booked).toBe(Math.min(asked, 2));
});
