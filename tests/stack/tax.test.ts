/*
 * With automatic tax, from payment pages to both sets of books: what Stripe takes on top of a price, and
 * what of it goes back. Its emulator takes 8.25 % in Texas.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";

import { beginMembership, findMembershipTerms } from "~/features/memberships/memberships.server";
import { startMembership } from "~/features/memberships/start-membership.server";

import { moveBooking, runJob, sql } from "../e2e/support/database.ts";
import { createMembershipOffer } from "../e2e/support/memberships.ts";
import { letDaysPass } from "../e2e/support/packages.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { bookPaid, cancel, CARDS, hold, openCheckout, pay, statusOf } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { compareBooks, type Books } from "./support/compare-books.ts";
import { drain } from "./support/outbox.ts";
import { giveBack, openPayouts, releaseAndSend, transferRows } from "./support/payouts.ts";
import { buyInParts, planOf } from "./support/plans.ts";
import { until } from "./support/until.ts";
import { refundsAtStripe, stripePost } from "./support/vendors.ts";

const DAY = 24 * 60 * 60;

let dana: Client;
let coach: Coach;
let books: Books;

beforeAll(async () => {
  [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  books = await compareBooks();
});

beforeEach(() => setTax(true));
afterEach(() => admin("STRIPE", "clock", { reset: true }));
afterAll(async () => {
  await setTax(false);
  await books.end();
});

async function setTax(isOn: boolean): Promise<void> {
  await sql`update private.platform_settings set automatic_tax = ${isOn}`;
}

const tax = (price: number) => Math.round((price * 825) / 10_000);

type Paid = { status: string; amount_cents: number; tax_cents: number };

/** What was paid for an order, declined cards left out. */
async function paidFor(orderId: string): Promise<Paid[]> {
  return [
    ...(await sql<Paid[]>`
      select status, amount_cents, tax_cents from public.payments
      where order_id = ${orderId} and status <> 'failed'
    `),
  ];
}

async function orderOf(bookingId: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select order_id as id from public.bookings where id = ${bookingId}
  `;
  return row!.id;
}

/** What the ledger says of an order's tax: owed to a state, in cents. */
async function owedTax(orderId: string): Promise<number> {
  const [row] = await sql<{ cents: number }[]>`
    select coalesce(-sum(ledger_entries.amount_cents), 0)::integer as cents
    from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id
    where order_id = ${orderId} and account = 'tax_payable'
  `;
  return row!.cents;
}

it("price and tax are taken, and go back in parts, though the flag is taken down meanwhile", async () => {
  const { bookingId } = await hold(dana, coach);
  const page = await openCheckout(dana, bookingId);
  await setTax(false);
  expect(await pay(dana, page, CARDS.declined)).toBe(402);
  expect(await pay(dana, page)).toBe(303);
  await until("it is confirmed", async () => (await statusOf(bookingId)) === "confirmed");
  const orderId = await orderOf(bookingId);
  const [paid] = await paidFor(orderId);
  const price = paid!.amount_cents;
  expect(paid).toEqual({ status: "succeeded", amount_cents: price, tax_cents: tax(price) });
  await books.expectEqual();
  expect(await owedTax(orderId)).toBe(tax(price));

  await moveBooking(bookingId, 10 * 60);
  const back = await cancel(dana, bookingId);
  expect(back).toBe(price / 2);
  await books.expectEqual();
  expect(await owedTax(orderId)).toBe(tax(price) - Math.round((tax(price) * back) / price));

  await giveBack(bookingId, price - back);
  await books.expectEqual();
  expect(await owedTax(orderId)).toBe(0);
  const refunds = await refundsAtStripe(bookingId);
  expect(refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(price + tax(price));
});

it("a coach is sent their share of the price, and bears none of the tax of what goes back", async () => {
  await openPayouts(coach);
  const { bookingId } = await bookPaid(dana, coach);
  const orderId = await orderOf(bookingId);
  const [paid] = await paidFor(orderId);
  const price = paid!.amount_cents;
  await drain();
  await releaseAndSend(bookingId);
  await drain();
  const [sent] = await transferRows(bookingId);
  expect(sent).toMatchObject({ amount: price - Math.round((price * 15) / 100) });

  // A tenth of all, as an admin gives it back in Stripe's dashboard.
  const [row] = await sql<{ intent: string }[]>`
    select stripe_payment_intent_id as intent from public.payments where order_id = ${orderId}
  `;
  const gross = Math.round((price + tax(price)) / 10);
  await stripePost("/v1/refunds", { payment_intent: row!.intent, amount: String(gross) });
  await until("it is known", async () => {
    const [refund] = await sql<Paid[]>`
      select amount_cents, tax_cents from public.refunds where order_id = ${orderId} and status = 'succeeded'
    `;
    return refund?.amount_cents === gross - Math.round((tax(price) * gross) / (price + tax(price)));
  });
  await books.expectEqual();
});

it("a session that is ordered without the flag is not taxed, whatever comes later", async () => {
  await setTax(false);
  const { bookingId } = await hold(dana, coach);
  await setTax(true);
  expect(await pay(dana, await openCheckout(dana, bookingId))).toBe(303);
  await until("it is confirmed", async () => (await statusOf(bookingId)) === "confirmed");
  expect(await paidFor(await orderOf(bookingId))).toMatchObject([{ tax_cents: 0 }]);
  await books.expectEqual();
});

it("each period of a membership is taxed", async () => {
  const ben = await createSignedIn();
  const offer = await createMembershipOffer(coach);
  const terms = await findMembershipTerms(ben.db, offer.id);
  expect(terms?.words).toContain("plus tax where it applies");
  const begun = await beginMembership(ben.db, offer.id, terms!.words_sha256);
  if (!begun.ok) throw new Error(begun.error.message);
  await setTax(false);
  const page = await startMembership(ben.db, begun.value, ben.person.profile.id);
  expect(await pay(ben, page!)).toBe(303);

  async function periods(): Promise<string[]> {
    const rows = await sql<{ id: string }[]>`
      select id from public.orders where membership_id = ${begun.ok ? begun.value : ""}
    `;
    return rows.map(({ id }) => id);
  }
  await until("it has begun", async () => (await periods()).length === 1);
  await admin("STRIPE", "clock", { advanceSeconds: 32 * DAY });
  await until("it is renewed", async () => (await periods()).length === 2);
  await drain();
  for (const order of await periods()) {
    const [paid] = await paidFor(order);
    const price = paid!.amount_cents;
    expect(paid).toEqual({ status: "succeeded", amount_cents: price, tax_cents: tax(price) });
    expect(await owedTax(order)).toBe(tax(price));
  }
  await admin("STRIPE", "clock", { reset: true });
  expect((await mismatches()).filter(({ what }) => what !== "what Stripe says of it")).toEqual([]);
});

async function mismatches(): Promise<{ what: string }[]> {
  return [...(await sql<{ what: string }[]>`select what from admin.money_mismatch`)];
}

it("the parts of a package are taxed, those too that are charged by themselves", async () => {
  const ada = await createSignedIn();
  const bought = await buyInParts(ada, coach);
  await setTax(false);
  await letDaysPass(bought.first, 32);
  await runJob("charge_instalments");
  await drain();
  await until("the second is paid", async () => (await planOf(bought.first)).parts[1] === "paid");
  const paid = { status: "succeeded", amount_cents: 16_000, tax_cents: tax(16_000) };
  expect(await paidFor(bought.first)).toEqual([paid]);
  expect(await paidFor(bought.second)).toEqual([paid]);
  expect(await owedTax(bought.second)).toBe(tax(16_000));
  await drain();
  expect((await mismatches()).filter(({ what }) => what !== "what Stripe says of it")).toEqual([]);
});
