import { expect, it } from "vitest";

import { sql } from "../e2e/support/database.ts";
import { createCoach, createPerson } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { freeHour } from "./support/booking.ts";
import { signIn, type Client } from "./support/client.ts";

const CLIENTS = 200;

async function inBatches<Value>(count: number, make: () => Promise<Value>): Promise<Value[]> {
  const made: Value[] = [];
  while (made.length < count) made.push(...(await Promise.all(Array.from({ length: 20 }, make))));
  return made;
}

it("gives one time to one of 200 clients who ask at once, and tells the others", async () => {
  // Two hundred sign-ins are news for clerk-webhook, and none of this test.
  await admin("CLERK", "modes", { drop: true });
  const coach = await createCoach();
  const clients = await inBatches<Client>(CLIENTS, async () => signIn(await createPerson()));
  const startsAt = (await freeHour()).toISOString();

  const begin = performance.now();
  const answers = await Promise.all(
    clients.map(({ db }) =>
      db.rpc("request_booking", {
        offer_id: coach.offer.id,
        starts_at: startsAt,
        time_zone: "America/New_York",
      }),
    ),
  );
  const milliseconds = performance.now() - begin;
  console.log(`${CLIENTS} requests for one time: ${Math.round(milliseconds)} ms`);

  const booked = answers.filter(({ error }) => !error);
  const codes = answers.flatMap(({ error }) => (error ? [error.code] : []));
  expect(booked).toHaveLength(1);
  expect(codes).toEqual(Array(CLIENTS - 1).fill("OBTKN"));
  expect(milliseconds).toBeLessThan(5_000);

  const rows = await sql`
    select bookings.id, bookings.status, orders.status as order_status
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.coach_id = ${coach.coach.id}
  `;
  expect(rows).toEqual([{ id: booked[0]?.data, status: "held", order_status: "pending" }]);
  const [orders] = await sql`
    select count(*)::integer from public.orders where coach_id = ${coach.coach.id}
  `;
  expect(orders?.count).toBe(1);
});
