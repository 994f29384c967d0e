import { afterAll, beforeAll, expect, it } from "vitest";

import { runJob, sql } from "../e2e/support/database.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { bookPaid, cancel, CARDS, hold, openCheckout, pay, statusOf } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { compareBooks, type Books } from "./support/compare-books.ts";
import { drain } from "./support/outbox.ts";
import { moneyMismatch } from "./support/storm-checks.ts";
import { until } from "./support/until.ts";
import { stripeGet, stripePost, subjectsTo } from "./support/vendors.ts";

const ADMINS = `books-${Date.now()}@walkthrough.example`;

let dana: Client;
let coach: Coach;
let books: Books;

beforeAll(async () => {
  [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  books = await compareBooks();
});

afterAll(() => books.end());

async function paymentOf(bookingId: string) {
  const [row] = await sql<Record<string, string | number | null>[]>`
    select payments.* from public.payments
    join public.bookings using (order_id) where bookings.id = ${bookingId}
  `;
  return row!;
}

it("the ledger has Stripe's fee, and the client finds receipt and invoice", async () => {
  const { bookingId } = await bookPaid(dana, coach);
  await books.expectEqual();

  const payment = await paymentOf(bookingId);
  const { data } = await stripeGet<{ data: { fee: number }[] }>(
    `/v1/balance_transactions?source=${payment["stripe_charge_id"]}`,
  );
  expect(payment["fee_cents"]).toBe(data[0]?.fee);
  const { data: mine } = await dana.db
    .from("payments")
    .select("receipt_url, invoice_number, invoice_url, invoice_pdf_url")
    .eq("id", String(payment["id"]))
    .single();
  expect(mine?.invoice_number).toMatch(/\w/);
  for (const url of [mine?.invoice_url, mine?.invoice_pdf_url]) {
    expect((await fetch(url ?? "")).status).toBe(200);
  }
  expect(mine?.receipt_url).toMatch(/^http/);
});

it("refunds, one that the bank sends back, and a declined card leave both books the same", async () => {
  const { bookingId } = await bookPaid(dana, coach);
  await drain();
  await cancel(dana, bookingId);
  await books.expectEqual();

  const { id } = await paymentOf(bookingId);
  const [refund] = await sql<{ stripe_refund_id: string }[]>`
    select stripe_refund_id from public.refunds where payment_id = ${String(id)}
  `;
  await admin("STRIPE", "fail-refund", { refund: refund?.stripe_refund_id });
  await books.expectEqual();

  const declined = await hold(dana, coach);
  expect(await pay(dana, await openCheckout(dana, declined.bookingId), CARDS.declined)).toBe(402);
  await books.expectEqual();
});

it("what Stripe pays out to our bank, and what comes back, is in both books", async () => {
  const held = await hold(dana, coach);
  await pay(dana, await openCheckout(dana, held.bookingId), CARDS.availableAtOnce);
  await until("it is paid", async () => (await statusOf(held.bookingId)) === "confirmed");
  const payout = await stripePost<{ id: string }>("/v1/payouts", {
    amount: "5000",
    currency: "usd",
  });
  await books.expectEqual();
  const out = await sql`
    select account, ledger_entries.amount_cents from private.ledger_entries
    join private.ledger_journals on ledger_journals.id = journal_id
    join private.balance_transactions on ledger_journals.source = 'balance_transaction:' || balance_transactions.id
    where balance_transactions.source = ${payout.id}
    order by account
  `;
  expect(out).toEqual([
    { account: "stripe_balance", amount_cents: -5_000 },
    { account: "bank", amount_cents: 5_000 },
  ]);

  await admin("STRIPE", "fail-payout", { payout: payout.id });
  await books.expectEqual();
});

it("what only one of the two has is told, once a day, until it is in both", async () => {
  const { bookingId } = await bookPaid(dana, coach);
  await drain();
  const charge = String((await paymentOf(bookingId))["stripe_charge_id"]);
  await sql`update private.platform_settings set admins_email = ${ADMINS}`;

  await sql`delete from private.outbox where topic = 'mail_admins'`;

  // The list is not read yet.
  expect(await moneyMismatch()).toMatchObject([
    { what: "what Stripe says of it", stripe_id: charge, told_cents: "0" },
  ]);
  await runJob("alert_money_mismatch");
  await runJob("alert_money_mismatch");
  await drain();
  expect(await subjectsTo(ADMINS)).toEqual(["The books do not add up: what Stripe says of it (1)"]);
  await books.expectEqual();
});
