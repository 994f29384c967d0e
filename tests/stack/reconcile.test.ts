import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";

import { runJob, sql } from "../e2e/support/database.ts";
import { earn } from "../e2e/support/earned.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { bookPaid, cancel, hold, openCheckout, pay, statusOf } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { compareBooks, type Books } from "./support/compare-books.ts";
import { drain } from "./support/outbox.ts";
import { openPayouts, releaseAndSend } from "./support/payouts.ts";
import { until } from "./support/until.ts";
import { setModes, settled, stripePost } from "./support/vendors.ts";

let dana: Client;
let coach: Coach;
let books: Books;

beforeAll(async () => {
  [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  books = await compareBooks();
});

beforeEach(() => setModes("STRIPE", { drop: false }));

afterEach(() => admin("STRIPE", "clock", { reset: true }));

afterAll(async () => {
  await setModes("STRIPE", { drop: false });
  await books.end();
});

/** From now on nobody tells us anything. */
async function loseWebhooks(): Promise<void> {
  await settled("STRIPE");
  await drain();
  await setModes("STRIPE", { drop: true });
}

/** Ten minutes pass for all that waits here: other files have payments that Stripe does not know. */
async function reconcile(): Promise<void> {
  for (const table of ["payments", "refunds", "disputes"]) {
    await sql`
      update ${sql("public." + table)} set created_at = now() - interval '11 minutes'
      where created_at > now() - interval '11 minutes'
        and order_id in (
          select orders.id
          from public.orders join public.profile_contacts on profile_contacts.profile_id = orders.client_id
          where email = ${dana.person.email}
        )
    `;
  }
  await sql`delete from private.outbox where dedupe_key like '%:again:%'`;
  await runJob("reconcile_money");
  await drain();
}

async function paymentOf(bookingId: string) {
  const [row] = await sql<{ id: string; charge: string; intent: string; fee: number | null }[]>`
    select payments.id, stripe_charge_id as charge, stripe_payment_intent_id as intent, payments.fee_cents as fee
    from public.payments join public.bookings using (order_id) where bookings.id = ${bookingId}
  `;
  return row!;
}

async function refundOf(bookingId: string) {
  const [row] = await sql<{ status: string; stripe: string }[]>`
    select refunds.status, stripe_refund_id as stripe
    from public.refunds join public.bookings using (order_id) where bookings.id = ${bookingId}
  `;
  return row!;
}

async function orderStatus(bookingId: string) {
  const [row] = await sql<{ status: string }[]>`
    select orders.status from public.orders
    join public.bookings on bookings.order_id = orders.id where bookings.id = ${bookingId}
  `;
  return row?.status;
}

it("finds the fee of a payment whose charge was not read", async () => {
  const { bookingId } = await bookPaid(dana, coach);
  await drain();
  const { id, fee } = await paymentOf(bookingId);
  await sql`update public.payments set fee_cents = null where id = ${id}`;
  await reconcile();
  expect((await paymentOf(bookingId)).fee).toBe(fee);
  await books.expectEqual();
});

it("finds that a bank has let the money of a request go", async () => {
  const asked = await createCoach();
  await sql`update public.offers set is_instant = false where id = ${asked.offer.id}`;
  const { bookingId } = await hold(dana, asked);
  await pay(dana, await openCheckout(dana, bookingId));
  await until("the coach is asked", async () => (await statusOf(bookingId)) === "requested");
  await loseWebhooks();
  await stripePost(`/v1/payment_intents/${(await paymentOf(bookingId)).intent}/cancel`, {});
  expect(await statusOf(bookingId)).toBe("requested");
  await reconcile();
  expect(await statusOf(bookingId)).toBe("expired");
  await books.expectEqual();
});

it("finds how a refund ended that took its time", async () => {
  const { bookingId } = await hold(dana, coach);
  // Refunds of this card are on their way for half a minute.
  await pay(dana, await openCheckout(dana, bookingId), "4000000000007726");
  await until("it is paid", async () => (await statusOf(bookingId)) === "confirmed");
  await cancel(dana, bookingId);
  await loseWebhooks();
  expect((await refundOf(bookingId)).status).toBe("requested");
  await admin("STRIPE", "clock", { advanceSeconds: 60 });
  await reconcile();
  await admin("STRIPE", "clock", { reset: true });
  expect((await refundOf(bookingId)).status).toBe("succeeded");
  await books.expectEqual();
});

it("asks for a refund whose work was lost", async () => {
  const { bookingId } = await bookPaid(dana, coach);
  await loseWebhooks();
  await sql`
    insert into public.refunds (order_id, payment_id, booking_id, reason, amount_cents)
    select order_id, payments.id, bookings.id, 'admin_cancelled', 500
    from public.payments join public.bookings using (order_id) where bookings.id = ${bookingId}
  `;
  await reconcile();
  expect((await refundOf(bookingId)).status).toBe("succeeded");
  await books.expectEqual();
});

it("hears from Stripe's list of a refund that a bank sent back, and of one made in the dashboard", async () => {
  const { bookingId } = await bookPaid(dana, coach);
  await drain();
  await cancel(dana, bookingId);
  await loseWebhooks();
  await admin("STRIPE", "fail-refund", { refund: (await refundOf(bookingId)).stripe });
  await books.expectEqual();
  expect((await refundOf(bookingId)).status).toBe("failed");
  expect(await orderStatus(bookingId)).toBe("paid");

  const { charge } = await paymentOf(bookingId);
  await stripePost("/v1/refunds", { charge });
  await books.expectEqual();
  expect(await orderStatus(bookingId)).toBe("refunded");
});

it("hears from Stripe's list of a dispute, and later how it ended", async () => {
  const { bookingId } = await bookPaid(dana, coach);
  await loseWebhooks();
  const { charge } = await paymentOf(bookingId);
  const dispute = await admin<{ id: string }>("STRIPE", "dispute", { charge });
  expect(await orderStatus(bookingId)).toBe("paid");
  await books.expectEqual();
  expect(await orderStatus(bookingId)).toBe("disputed");

  await admin("STRIPE", "close-dispute", { dispute: dispute.id, status: "lost" });
  await reconcile();
  expect(await orderStatus(bookingId)).toBe("refunded");
  await books.expectEqual();
});

it("finds that a coach can be paid, and that their bank sent a payout back", async () => {
  const paid = await createCoach();
  const account = await openPayouts(paid);
  const { bookingId } = await bookPaid(dana, paid);
  await loseWebhooks();
  await sql`update public.payout_accounts set status = 'verifying' where stripe_account_id = ${account}`;
  await earn(bookingId);
  await reconcile();
  const [known] =
    await sql`select status from public.payout_accounts where stripe_account_id = ${account}`;
  expect(known).toEqual({ status: "active" });

  await setModes("STRIPE", { drop: false });
  await releaseAndSend(bookingId);
  await drain();
  const payout = await payoutOf(account);
  await loseWebhooks();
  await admin("STRIPE", "fail-payout", { account, payout });
  await sql`
    update public.payouts set status = 'in_transit', arrives_on = arrives_on - 30
    where stripe_payout_id = ${payout}
  `;
  await reconcile();
  const [failed] = await sql`select status from public.payouts where stripe_payout_id = ${payout}`;
  expect(failed).toEqual({ status: "failed" });
});

/** Lets days pass until what a coach has at Stripe went to their bank; returns its id. */
async function payoutOf(account: string): Promise<string> {
  for (let days = 0; days < 8; days += 2) {
    await admin("STRIPE", "clock", { advanceSeconds: 2 * 86_400 });
    await settled("STRIPE");
  }
  let id = "";
  await until("the payout is known", async () => {
    const [row] = await sql<{ id: string }[]>`
      select stripe_payout_id as id
      from public.payouts join public.payout_accounts using (coach_id)
      where payout_accounts.stripe_account_id = ${account}
    `;
    id = row?.id ?? "";
    return id !== "";
  });
  return id;
}
