import { randomUUID } from "node:crypto";

import { expect, it } from "vitest";

import { sql } from "../e2e/support/database.ts";
import { createCoach, createPerson } from "../e2e/support/people.ts";
import { freeHour } from "./support/booking.ts";
import { signIn } from "./support/client.ts";

/** A coach's free intro call. */
async function createIntroCall(): Promise<{ id: string; coach_id: string }> {
  const { coach } = await createCoach();
  const offer = { id: randomUUID(), coach_id: coach.id };
  await sql`
    insert into public.offers (id, coach_id, kind, title, duration_minutes, price_cents)
    values (${offer.id}, ${offer.coach_id}, 'intro_call', 'Hello', 20, 0)
  `;
  return offer;
}

it("gives a client who asks for twenty free intro calls at once exactly one", async () => {
  const offer = await createIntroCall();
  const { db } = await signIn(await createPerson());
  const first = (await freeHour()).getTime();

  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, hour) =>
      db.rpc("request_booking", {
        offer_id: offer.id,
        starts_at: new Date(first + hour * 3_600_000).toISOString(),
        time_zone: "America/New_York",
      }),
    ),
  );

  const codes = answers.flatMap(({ error }) => (error ? [error.code] : []));
  expect(codes).toEqual(Array(19).fill("OBINT"));
  const rows = await sql`
    select bookings.status, orders.status as order_status, orders.amount_cents
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.coach_id = ${offer.coach_id}
  `;
  expect([...rows]).toEqual([{ status: "confirmed", order_status: "paid", amount_cents: 0 }]);
});

it("gives a client who asks ten coaches at once as many as one may have ahead", async () => {
  const offers = await Promise.all(Array.from({ length: 10 }, createIntroCall));
  const { db } = await signIn(await createPerson());
  const first = (await freeHour()).getTime();

  const answers = await Promise.all(
    offers.map(({ id }, hour) =>
      db.rpc("request_booking", {
        offer_id: id,
        starts_at: new Date(first + hour * 3_600_000).toISOString(),
        time_zone: "America/New_York",
      }),
    ),
  );

  const codes = answers.flatMap(({ error }) => (error ? [error.code] : []));
  expect(codes).toEqual(Array(7).fill("OBINM"));
});
