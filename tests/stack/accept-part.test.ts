import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, it } from "vitest";

import { toValue } from "~/lib/domain-error";

import { runJob, sql } from "../e2e/support/database.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { cancel, CARDS, holdSeries, openCheckout, pay, statusOf } from "./support/booking.ts";
import { createSignedIn, signIn, type Client } from "./support/client.ts";
import { compareBooks, type Books } from "./support/compare-books.ts";
import { drain } from "./support/outbox.ts";
import { until } from "./support/until.ts";
import { release, setModes, settled, stripePost } from "./support/vendors.ts";

const PRICE = 12_050;
/** What goes back is taken from what is available; others' tests begin with what is left. */

let dana: Client;
let coach: Coach;
let desk: Client;
let books: Books;

beforeAll(async () => {
  [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  await sql`update public.offers set is_instant = false where id = ${coach.offer.id}`;
  desk = await signIn(coach);
  books = await compareBooks();
});

afterAll(() => books.end());

/** Dana asks for three dates, and her bank holds the money. Returns the bookings, in order. */
async function ask(): Promise<string[]> {
  const first = await holdSeries(dana, coach, 3);
  expect(await pay(dana, await openCheckout(dana, first), CARDS.availableAtOnce)).toBe(303);
  await until("the coach is asked", async () => (await statusOf(first)) === "requested");
  return datesOf(first);
}

async function datesOf(bookingId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select siblings.id from public.bookings
    join public.bookings as siblings using (order_id)
    where bookings.id = ${bookingId} order by siblings.starts_at
  `;
  return rows.map(({ id }) => id);
}

function accept(dates: string[], taken: string[]) {
  return desk.db.rpc("accept_request", { booking_id: dates[0]!, session_ids: taken });
}

type Money = {
  order: string;
  sessions: number;
  amount: number;
  payment: string | null;
  taken: number | null;
  fee: number | null;
  charge: string | null;
};

/** How the dates stand, and the order with its money. */
async function standing(dates: string[]) {
  const bookings = await sql<{ status: string }[]>`
    select status from public.bookings where id = any (${dates}) order by starts_at
  `;
  const [order] = await sql<Money[]>`
    select orders.status as order, orders.session_count as sessions, orders.amount_cents as amount,
      payments.status as payment, payments.amount_cents as taken, payments.fee_cents as fee,
      payments.stripe_charge_id as charge
    from public.orders
    join public.bookings on bookings.order_id = orders.id
    left join public.payments on payments.order_id = orders.id
    where bookings.id = ${dates[0]!}
  `;
  return { dates: bookings.map(({ status }) => status).join(" "), ...order! };
}

it.each(["in order", "reversed"] as const)(
  "what is captured in part, and given back of it, is the same in both books when it is told %s",
  async (way) => {
    const dates = await ask();
    await drain();
    await setModes("STRIPE", { hold: true });
    toValue(await accept(dates, [dates[0]!, dates[2]!]));
    await drain();
    await release("STRIPE", way);
    await settled("STRIPE");
    await books.expectEqual();
    const after = await standing(dates);
    expect(after).toMatchObject({
      dates: "confirmed declined confirmed",
      order: "paid",
      sessions: 2,
      amount: 2 * PRICE,
      payment: "succeeded",
      taken: 2 * PRICE,
      fee: Math.round(2 * PRICE * 0.029) + 30, // of what was taken, not of what was held
    });
    expect(
      await sql`
      select from public.refunds
      join public.bookings using (order_id) where bookings.id = ${dates[0]!}
    `,
    ).toEqual([]);

    expect(await cancel(dana, dates[2]!)).toBe(PRICE);
    await books.expectEqual();
    await stripePost("/v1/refunds", { charge: String(after.charge), amount: "1001" });
    await books.expectEqual();
    expect(await cancel(dana, dates[0]!)).toBe(PRICE - 1_001);
    await books.expectEqual();
    expect(await standing(dates)).toMatchObject({ order: "refunded" });
  },
);

/** In Texas, by the emulator. */
const tax = (price: number) => Math.round((price * 825) / 10_000);

it.each(["in order", "reversed"] as const)(
  "with tax, what is taken of it is its part, in both books, and told %s",
  async (way) => {
    await sql`update private.platform_settings set automatic_tax = true`;
    const dates = await ask();
    await sql`update private.platform_settings set automatic_tax = false`;
    await drain();
    await setModes("STRIPE", { hold: true });
    toValue(await accept(dates, [dates[0]!, dates[2]!]));
    await drain();
    await release("STRIPE", way);
    await settled("STRIPE");
    await books.expectEqual();
    const after = await standing(dates);
    const taken = Math.round((tax(3 * PRICE) * 2) / 3);
    expect(after).toMatchObject({ order: "paid", amount: 2 * PRICE, taken: 2 * PRICE });
    expect(await taxOf(dates)).toEqual({ paid: taken, returned: 0, owed: taken });
    expect(
      await sql`
      select from public.refunds
      join public.bookings using (order_id) where bookings.id = ${dates[0]!}
    `,
    ).toEqual([]);

    // One date by its client, a tenth of the price in the dashboard, and the other date.
    expect(await cancel(dana, dates[2]!)).toBe(PRICE);
    await books.expectEqual();
    expect(await taxOf(dates)).toMatchObject({ returned: Math.round(taken / 2) });
    await stripePost("/v1/refunds", { charge: String(after.charge), amount: "1001" });
    await books.expectEqual();
    const [inDashboard] = await sql<{ price: number }[]>`
      select amount_cents as price from public.refunds
      join public.bookings using (order_id)
      where bookings.id = ${dates[0]!} and reason = 'made_in_stripe'
    `;
    expect(await cancel(dana, dates[0]!)).toBe(PRICE - inDashboard!.price);
    await books.expectEqual();
    expect(await standing(dates)).toMatchObject({ order: "refunded" });
    expect(await taxOf(dates)).toEqual({ paid: taken, returned: taken, owed: 0 });
  },
);

/** The tax of the order: what was taken, went back, and is owed to a state. */
async function taxOf(dates: string[]) {
  const [found] = await sql<{ paid: number; returned: number; owed: number }[]>`
    select
      (select sum(tax_cents)::integer from public.payments where order_id = bookings.order_id) as paid,
      (select coalesce(sum(tax_cents), 0)::integer from public.refunds where order_id = bookings.order_id) as returned,
      (
        select coalesce(-sum(ledger_entries.amount_cents), 0)::integer
        from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id
        where order_id = bookings.order_id and account = 'tax_payable'
      ) as owed
    from public.bookings where id = ${dates[0]!}
  `;
  return { ...found! };
}

it("whatever happens to a request while a part of it is taken, it ends in one state", async () => {
  const ends: Record<string, number> = {};
  for (let round = 0; round < 12; round += 1) {
    const first = await holdSeries(dana, coach, 3);
    const dates = await datesOf(first);
    // Of a payment that Stripe does not know: what it says of it comes from here.
    const intent = `pi_${randomUUID()}`;
    await sql`
      select private.record_authorization(order_id, ${intent}, null, ${3 * PRICE}, 0, 'usd')
      from public.bookings where id = ${first}
    `;
    const rivals: (() => PromiseLike<unknown>)[] = [
      () => dana.db.rpc("withdraw_request", { booking_id: first }),
      () => sql`
        select private.expire_request(locked.id)
        from (select id from public.orders where id = (select order_id from public.bookings where id = ${first}) for update) as locked
      `,
      () => sql`
        select private.fail_payment(order_id, ${intent}) from public.bookings where id = ${first}
      `,
      () => accept(dates, dates),
    ];
    if (round % 4 === 1)
      await sql`update public.bookings set answer_by = now() + interval '20 milliseconds' where id = any (${dates})`;
    const taken = [dates[1]!, dates[2]!];
    await Promise.all([accept(dates, taken), rivals[round % 4]!(), accept(dates, taken)]);
    if (round % 4 === 1) await runJob("expire_requests");
    const end = await standing(dates);
    const how = `${end.dates}, ${end.order}, ${end.payment}, ${end.sessions}, ${end.amount === end.taken}`;
    ends[how] = (ends[how] ?? 0) + 1;
    await sql`
      delete from private.outbox where topic in ('stripe.capture', 'stripe.cancel_payment')
        and payload ->> 'payment_id' in (select id::text from public.payments where stripe_payment_intent_id = ${intent})
    `;
    // Nothing of it was ever paid.
    await sql`delete from public.payments where stripe_payment_intent_id = ${intent}`;
  }
  const possible = [
    "declined confirmed confirmed, pending, authorized, 2, true",
    "confirmed confirmed confirmed, pending, authorized, 3, true",
    "cancelled cancelled cancelled, expired, released, 3, true",
    "expired expired expired, expired, released, 3, true",
    "declined cancelled cancelled, expired, released, 2, true",
  ];
  expect(Object.keys(ends).filter((how) => !possible.includes(how))).toEqual([]);
  expect(Object.keys(ends).length).toBeGreaterThan(1);
});
