import { expect, it } from "vitest";

import { toValue } from "~/lib/domain-error";

import { sql } from "../e2e/support/database.ts";
import { createPackage } from "../e2e/support/packages.ts";
import { createCoach, createPerson } from "../e2e/support/people.ts";
import { freeHour } from "./support/booking.ts";
import { signIn, type Client } from "./support/client.ts";

const TRIES = 20;
const HOUR = 3_600_000;

/** An order of four sessions that is paid for, as far as the database knows. */
async function ownPackage(client: Client, offerId: string): Promise<string> {
  const { data: orderId } = await client.db.rpc("buy_package", { offer_id: offerId });
  await sql`
    select public.apply_stripe_event(${sql.json({
      id: `evt_${orderId}`,
      type: "checkout.session.completed",
      data: {
        object: {
          payment_status: "paid",
          payment_intent: `pi_${orderId}`,
          amount_total: 32_000,
          currency: "usd",
          metadata: { order_id: orderId },
        },
      },
    })})
  `;
  // Stripe knows nothing of it: what is asked about it would be given up, and stay for other files.
  await sql`
    delete from private.outbox
    where topic = 'stripe.read_charge'
      and payload ->> 'payment_id' in (select id::text from public.payments where order_id = ${orderId})
  `;
  return orderId!;
}

type Slot = { starts_at: string };

/** So many of these times, none of which overlap. */
function apart(slots: Slot[], count: number): string[] {
  const times: string[] = [];
  for (const { starts_at: start } of slots) {
    const last = times.at(-1);
    if (!last || Date.parse(start) - Date.parse(last) >= 2 * HOUR) times.push(start);
  }
  return times.slice(0, count);
}

/** Ten days, some days from now. */
async function window() {
  const from = await freeHour();
  const to = new Date(from.getTime() + 10 * 24 * HOUR);
  return { from_at: from.toISOString(), to_at: to.toISOString() };
}

/** Free times at which a session of a package can be booked. */
async function freeTimes({ db }: Client, orderId: string, count: number): Promise<string[]> {
  const slots = await db.rpc("credit_slots", { order_id: orderId, ...(await window()) });
  return apart(toValue(slots), count);
}

it("books no more than a package gives, when twenty ask at once for as many times", async () => {
  const coach = await createCoach();
  const client = await signIn(await createPerson());
  const orderId = await ownPackage(client, await createPackage(coach));
  const times = await freeTimes(client, orderId, TRIES);

  const answers = await Promise.all(
    times.map((start) =>
      client.db.rpc("request_booking_with_credit", {
        order_id: orderId,
        starts: [start],
        time_zone: "America/New_York",
      }),
    ),
  );

  const results = answers.map(({ error }) => error?.code ?? "booked");
  expect(results.filter((result) => result === "booked")).toHaveLength(4);
  expect(results.filter((result) => result === "OKNON")).toHaveLength(TRIES - 4);
  const [left] = await sql`
    select sum(sessions)::integer as sessions, count(*) filter (where kind = 'used')::integer as used
    from public.credit_entries where order_id = ${orderId}
  `;
  expect(left).toEqual({ sessions: 0, used: 4 });
});

it("gives one credit back once, when a session is cancelled many times at once", async () => {
  const coach = await createCoach();
  const client = await signIn(await createPerson());
  const orderId = await ownPackage(client, await createPackage(coach));
  const bookingId = toValue(
    await client.db.rpc("request_booking_with_credit", {
      order_id: orderId,
      starts: await freeTimes(client, orderId, 1),
      time_zone: "America/New_York",
    }),
  );

  const answers = await Promise.all(
    Array.from({ length: TRIES }, () =>
      client.db.rpc("cancel_booking", {
        booking_id: bookingId,
        expected_refund_cents: 0,
        expected_credits: 1,
      }),
    ),
  );

  const results = answers.map(({ error }) => error?.code ?? "cancelled");
  expect(results.filter((result) => result === "cancelled")).toHaveLength(1);
  expect(new Set(results)).toEqual(new Set(["cancelled", "OBNCX"]));
  const [left] = await sql`
    select sum(sessions)::integer as sessions from public.credit_entries where order_id = ${orderId}
  `;
  expect(left).toEqual({ sessions: 4 });
});

it("lets a coupon be used as often as it says, when everybody uses it at once", async () => {
  const code = `RUSH-${Date.now()}`;
  await sql`select admin.make_coupon(${code}, 10, max_redemptions => 5)`;
  const coach = await createCoach();
  const clients: Client[] = [];
  while (clients.length < TRIES) clients.push(await signIn(await createPerson()));

  const slots = await clients[0]!.db.rpc("available_slots", {
    offer_id: coach.offer.id,
    ...(await window()),
  });
  const times = apart(toValue(slots), TRIES);

  const answers = await Promise.all(
    clients.map(({ db }, index) =>
      db.rpc("request_booking", {
        offer_id: coach.offer.id,
        starts_at: times[index]!,
        time_zone: "America/New_York",
        coupon: code,
      }),
    ),
  );

  const results = answers.map(({ error }) => error?.code ?? "held");
  expect(results.filter((result) => result === "held")).toHaveLength(5);
  expect(results.filter((result) => result === "QCOUT")).toHaveLength(TRIES - 5);
});
