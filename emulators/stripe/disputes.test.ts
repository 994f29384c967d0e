import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { US_FEES } from "./fees.ts";
import { paidCheckout, startKit, type Kit } from "./test-kit.ts";

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

async function disputeEvents(): Promise<string[]> {
  const { data } = await kit.stripe.events.list({ type: "charge.dispute.*" });
  return data.map(({ type }) => type.replace("charge.dispute.", "")).reverse();
}

/** What the platform has, whether it can be used or not. */
async function money(): Promise<number> {
  const { available, pending } = await kit.stripe.balance.retrieve();
  return (available[0]?.amount ?? 0) + (pending[0]?.amount ?? 0);
}

async function disputed(kind: { reason?: string; isInquiry?: boolean; amount?: number } = {}) {
  const { charge, intent } = await paidCheckout(kit.stripe);
  const dispute = await kit.admin<Stripe.Dispute>("dispute", { charge: charge.id, ...kind });
  return { charge, intent, dispute };
}

describe("a dispute", () => {
  test("takes the payment and a fee, and can be read", async () => {
    const { charge, intent, dispute } = await disputed({ reason: "product_not_received" });
    expect(await kit.stripe.disputes.retrieve(dispute.id)).toMatchObject({
      amount: 15_000,
      charge: charge.id,
      payment_intent: intent.id,
      reason: "product_not_received",
      status: "needs_response",
      balance_transactions: [{ amount: -15_000, fee: 1_500, net: -16_500, type: "adjustment" }],
      evidence_details: { has_evidence: false, submission_count: 0 },
    });
    expect((await kit.stripe.charges.retrieve(charge.id)).disputed).toBe(true);
    expect(await money()).toBe(14_535 - 16_500);
    expect(await disputeEvents()).toEqual(["created", "funds_withdrawn"]);
    expect((await kit.stripe.disputes.list({ charge: charge.id })).data).toHaveLength(1);
    expect((await kit.stripe.disputes.list({ charge: "ch_x" })).data).toEqual([]);
  });

  test("may be of a part, and leaves the rest to refund once it is lost", async () => {
    const { charge, dispute } = await disputed({ amount: 6_000 });
    expect(dispute.amount).toBe(6_000);
    expect(await money()).toBe(14_535 - 7_500);
    const refund = (amount: number) => kit.stripe.refunds.create({ charge: charge.id, amount });
    await expect(refund(1_000)).rejects.toMatchObject({ code: "charge_disputed" });
    await kit.admin("close-dispute", { dispute: dispute.id, status: "lost" });
    await expect(refund(9_001)).rejects.toMatchObject({ statusCode: 400 });
    expect(await refund(9_000)).toMatchObject({ status: "succeeded" });
    await expect(refund(1)).rejects.toMatchObject({ code: "charge_disputed" });
  });

  test("leaves nothing to refund, and happens once", async () => {
    const { charge } = await disputed();
    await expect(kit.stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      code: "charge_disputed",
      statusCode: 400,
    });
    expect(await kit.admin("dispute", { charge: charge.id })).toMatchObject({
      error: { message: `Charge ${charge.id} can't be disputed.` },
    });
  });

  test("is only about what wasn't refunded", async () => {
    const { charge } = await paidCheckout(kit.stripe);
    await kit.stripe.refunds.create({ charge: charge.id, amount: 5_000 });
    expect(await kit.admin("dispute", { charge: charge.id })).toMatchObject({ amount: 10_000 });
  });

  test("that is won gives the money back, not the fee", async () => {
    const { dispute } = await disputed();
    const submitted = await kit.stripe.disputes.update(dispute.id, {
      evidence: { service_date: "2026-11-20", uncategorized_text: "Both were on the call." },
      submit: true,
    });
    expect(submitted).toMatchObject({
      status: "under_review",
      evidence: { service_date: "2026-11-20" },
      evidence_details: { has_evidence: true, submission_count: 1 },
    });
    await kit.admin("close-dispute", { dispute: dispute.id, status: "won" });
    expect(await kit.stripe.disputes.retrieve(dispute.id)).toMatchObject({
      status: "won",
      balance_transactions: [{ net: -16_500 }, { net: 15_000 }],
    });
    expect(await kit.admin("close-dispute", { dispute: dispute.id, status: "won" })).toMatchObject({
      error: { message: `Dispute ${dispute.id} is won.` },
    });
    expect(await money()).toBe(14_535 - 1_500);
    expect(await disputeEvents()).toEqual([
      "created",
      "funds_withdrawn",
      "updated",
      "closed",
      "funds_reinstated",
    ]);
  });

  test.each([
    ["winning_evidence", "won"],
    ["losing_evidence", "lost"],
  ])("is decided by Stripe's test text %s: %s", async (text, status) => {
    const { dispute } = await disputed();
    const decided = await kit.stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: text },
    });
    expect(decided.status).toBe(status);
  });

  test("keeps evidence as a draft until it is submitted", async () => {
    const { dispute } = await disputed();
    const draft = await kit.stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: "winning_evidence" },
      submit: false,
    });
    expect(draft).toMatchObject({
      status: "needs_response",
      evidence_details: { has_evidence: true, submission_count: 0 },
    });
  });

  test("can be given up, once", async () => {
    const { dispute } = await disputed();
    expect((await kit.stripe.disputes.close(dispute.id)).status).toBe("lost");
    await expect(kit.stripe.disputes.close(dispute.id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(
      kit.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: "Late." } }),
    ).rejects.toMatchObject({ statusCode: 400 });
    expect(await money()).toBe(14_535 - 16_500);
    expect(await disputeEvents()).toEqual(["created", "funds_withdrawn", "closed"]);
  });

  test("is lost when nobody answers in time", async () => {
    const { dispute } = await disputed();
    await kit.admin("clock", { advanceSeconds: 14 * 24 * 60 * 60 });
    expect((await kit.stripe.disputes.retrieve(dispute.id)).status).toBe("lost");
  });

  test("takes no files, and says so", async () => {
    const { dispute } = await disputed();
    await expect(
      kit.stripe.disputes.update(dispute.id, { evidence: { receipt: "file_1" } }),
    ).rejects.toMatchObject({ param: "evidence[receipt]" });
  });
});

test("an inquiry takes no money, and may end by a refund", async () => {
  const { charge, dispute } = await disputed({ isInquiry: true });
  expect(dispute).toMatchObject({ status: "warning_needs_response", balance_transactions: [] });
  expect(await money()).toBe(14_535);
  expect(await disputeEvents()).toEqual(["created"]);
  await kit.stripe.refunds.create({ charge: charge.id });
  expect(await kit.admin("close-dispute", { dispute: dispute.id, status: "won" })).toHaveProperty(
    "error",
  );
  expect(
    await kit.admin("close-dispute", { dispute: dispute.id, status: "warning_closed" }),
  ).toMatchObject({ status: "warning_closed" });
});

test.each([
  ["4000000000000259", "fraudulent", "needs_response"],
  ["4000000000002685", "product_not_received", "needs_response"],
  ["4000000000001976", "fraudulent", "warning_needs_response"],
])("a payment with the card %s is disputed after a while", async (number, reason, status) => {
  const { charge } = await paidCheckout(kit.stripe, { number });
  expect((await kit.stripe.disputes.list()).data).toEqual([]);
  await kit.admin("clock", { advanceSeconds: 60 });
  expect((await kit.stripe.disputes.list()).data).toMatchObject([
    { charge: charge.id, reason, status },
  ]);
});

test("fees are a setting", async () => {
  const other = await startKit({
    fees: { ...US_FEES, chargePercent: 1.5, chargeFixed: 25, dispute: 2_000 },
  });
  try {
    const { charge } = await paidCheckout(other.stripe);
    expect(await other.stripe.balance.retrieve()).toMatchObject({ pending: [{ amount: 14_750 }] });
    await other.admin("dispute", { charge: charge.id });
    expect(await other.stripe.balance.retrieve()).toMatchObject({
      available: [{ amount: -17_000 }],
    });
  } finally {
    await other.stop();
  }
});
