import { afterEach, beforeAll, expect, it } from "vitest";

import { runJob, sql } from "../e2e/support/database.ts";
import { waitForMail } from "../e2e/support/mail.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { bookPaid } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { drain } from "./support/outbox.ts";
import {
  giveBack,
  mismatchesOf,
  openPayouts,
  payableTo,
  releaseAndSend,
  transferRows,
  transfersAtStripe,
} from "./support/payouts.ts";
import { until } from "./support/until.ts";
import { settled, stripePost } from "./support/vendors.ts";

/** Of $120.50 with a fee of 15 %. */
const SHARE = 10_242;
const DAY_SECONDS = 24 * 60 * 60;

let client: Client;

beforeAll(async () => {
  client = await createSignedIn();
});
// Pages for payment end: what comes after needs the time as it is.
afterEach(() => admin("STRIPE", "clock", { reset: true }));

async function paidSession(coach: Coach): Promise<string> {
  const { bookingId } = await bookPaid(client, coach);
  await drain();
  return bookingId;
}

it("a share waits for the coach's account, then goes out of the client's charge by itself", async () => {
  const coach = await createCoach();
  const bookingId = await paidSession(coach);
  await releaseAndSend(bookingId);
  await drain();
  expect(await transferRows(bookingId)).toMatchObject([{ status: "waiting", amount: SHARE }]);
  expect(await transfersAtStripe(bookingId)).toEqual([]);
  expect(await payableTo(coach)).toBe(SHARE);

  await openPayouts(coach);
  await runJob("send_transfers");
  await drain();
  await settled("STRIPE");
  const [made] = await transfersAtStripe(bookingId);
  expect(made).toMatchObject({ amount: SHARE, source_transaction: expect.stringMatching(/^ch_/) });
  expect(await transferRows(bookingId)).toMatchObject([
    { status: "succeeded", stripeId: made?.id },
  ]);
  expect(await payableTo(coach)).toBe(0);
  expect(await mismatchesOf(coach)).toEqual([]);
});

it("what an account that was paid out can't give back is owed, and kept back of the next share", async () => {
  const coach = await createCoach();
  const account = await openPayouts(coach);
  const first = await paidSession(coach);
  const second = await paidSession(coach);
  await releaseAndSend(first, 60);
  await drain();

  // Stripe pays out once the client's money is available, two days later, which takes two more.
  for (let days = 0; days < 8; days += 2) {
    await admin("STRIPE", "clock", { advanceSeconds: 2 * DAY_SECONDS });
    await settled("STRIPE");
  }
  await until("the payout arrived", async () => {
    const rows = await sql`
      select from public.payouts
      where coach_id = ${coach.coach.id} and status = 'paid' and amount_cents = ${SHARE}
    `;
    return rows.length === 1;
  });

  await giveBack(first, 12_050);
  await drain();
  await settled("STRIPE");
  expect(await transferRows(first)).toMatchObject([
    { amount: SHARE, asked: SHARE, reversed: 0, reversal: "failed" },
  ]);
  expect(await payableTo(coach)).toBe(-SHARE);
  expect(await mismatchesOf(coach)).toEqual([]);

  await releaseAndSend(second, 72);
  await drain();
  expect(await transferRows(second)).toMatchObject([
    { status: "succeeded", amount: 0, netted: SHARE, stripeId: null },
  ]);
  expect(await transfersAtStripe(second)).toEqual([]);
  expect(await payableTo(coach)).toBe(0);
  expect(await mismatchesOf(coach)).toEqual([]);

  // Their bank thinks again: the money is with Stripe, and they are told.
  const { payout } = await lastPayout(account);
  await admin("STRIPE", "fail-payout", { account, payout });
  await until("the payout came back", async () => {
    const rows = await sql`
      select from public.payouts where stripe_payout_id = ${payout} and status = 'failed'
    `;
    return rows.length === 1;
  });
  await drain();
  expect((await waitForMail(coach.email, "Your bank sent a payout back")).text).toContain(
    "/coach/earnings/payouts",
  );
});

it("a reversal and a transfer that an admin makes in Stripe's dashboard are seen", async () => {
  const coach = await createCoach();
  const account = await openPayouts(coach);
  const bookingId = await paidSession(coach);
  await releaseAndSend(bookingId);
  await drain();

  const [made] = await transfersAtStripe(bookingId);
  await stripePost(`/v1/transfers/${made?.id}/reversals`, { amount: "4000" });
  await settled("STRIPE");
  expect(await transferRows(bookingId)).toMatchObject([
    { amount: SHARE, asked: 4_000, reversed: 4_000, reversal: "succeeded" },
  ]);
  // What is still to come back is only the rest.
  await giveBack(bookingId, 12_050);
  await drain();
  await settled("STRIPE");
  expect((await transfersAtStripe(bookingId))[0]?.amount_reversed).toBe(SHARE);
  expect(await payableTo(coach)).toBe(0);
  expect(await mismatchesOf(coach)).toEqual([]);

  const charge = made?.source_transaction ?? "";
  const theirs = await stripePost<{ id: string }>("/v1/transfers", {
    amount: "100",
    currency: "usd",
    destination: account,
    source_transaction: charge,
  });
  await settled("STRIPE");
  const noted = await sql`
    select from private.security_events
    where kind = 'transfer_made_in_stripe' and detail ->> 'stripe_transfer_id' = ${theirs.id}
  `;
  expect(noted).toHaveLength(1);
});

async function lastPayout(account: string): Promise<{ payout: string }> {
  const [row] = await sql<{ payout: string }[]>`
    select stripe_payout_id as payout
    from public.payouts join public.payout_accounts using (coach_id)
    where payout_accounts.stripe_account_id = ${account}
    order by payouts.created_at desc limit 1
  `;
  if (!row) throw new Error("There is no payout.");
  return row;
}
