import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { paidCheckout, startKit, type Kit } from "./test-kit.ts";

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.settled();
  kit.receiver.clear();
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

/** A checkout whose money the bank only holds. */
function heldCheckout() {
  const held = { capture_method: "manual" as const, metadata: { order_id: "o-1" } };
  return paidCheckout(kit.stripe, {}, { payment_intent_data: held });
}

async function eventTypes(): Promise<string[]> {
  const { data } = await kit.stripe.events.list({ limit: 100 });
  return data.map(({ type }) => type).reverse();
}

test("the money is held, and nothing is paid", async () => {
  const { session, intent, charge } = await heldCheckout();
  expect(session).toMatchObject({ status: "complete", payment_status: "unpaid" });
  expect(intent).toMatchObject({
    status: "requires_capture",
    capture_method: "manual",
    amount_capturable: 15_000,
    amount_received: 0,
  });
  expect(charge).toMatchObject({
    status: "succeeded",
    captured: false,
    amount_captured: 0,
    balance_transaction: null,
    metadata: { order_id: "o-1" },
  });
  expect(await eventTypes()).toEqual([
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.amount_capturable_updated",
    "checkout.session.completed",
  ]);
  expect(await kit.stripe.balance.retrieve()).toMatchObject({ pending: [{ amount: 0 }] });
});

test("captured, it is paid, once", async () => {
  const { session, intent, charge } = await heldCheckout();
  const captured = await kit.stripe.paymentIntents.capture(
    intent.id,
    { amount_to_capture: 15_000 },
    { idempotencyKey: "capture:1" },
  );
  expect(captured).toMatchObject({
    status: "succeeded",
    amount_capturable: 0,
    amount_received: 15_000,
  });
  expect(await kit.stripe.charges.retrieve(charge.id)).toMatchObject({
    captured: true,
    amount_captured: 15_000,
  });
  expect(await kit.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    payment_status: "paid",
  });
  expect((await eventTypes()).slice(-2)).toEqual(["charge.captured", "payment_intent.succeeded"]);

  const again = { idempotencyKey: "capture:1" };
  const same = await kit.stripe.paymentIntents.capture(
    intent.id,
    { amount_to_capture: 15_000 },
    again,
  );
  expect(same.id).toBe(intent.id);
  await expect(kit.stripe.paymentIntents.capture(intent.id)).rejects.toMatchObject({
    code: "payment_intent_unexpected_state",
    statusCode: 400,
  });
  await expect(kit.stripe.paymentIntents.cancel(intent.id)).rejects.toMatchObject({
    code: "payment_intent_unexpected_state",
  });
  expect(await kit.stripe.balance.retrieve()).toMatchObject({ pending: [{ amount: 14_535 }] });
  expect(await kit.stripe.refunds.create({ payment_intent: intent.id })).toMatchObject({
    status: "succeeded",
  });
});

test("let go, nothing can be taken any more", async () => {
  const { intent, charge } = await heldCheckout();
  const canceled = await kit.stripe.paymentIntents.cancel(intent.id, {
    cancellation_reason: "abandoned",
  });
  expect(canceled).toMatchObject({
    status: "canceled",
    amount_capturable: 0,
    cancellation_reason: "abandoned",
  });
  expect(await kit.stripe.charges.retrieve(charge.id)).toMatchObject({
    captured: false,
    refunded: true,
  });
  expect((await eventTypes()).slice(-2)).toEqual(["charge.refunded", "payment_intent.canceled"]);
  for (const refused of [
    kit.stripe.paymentIntents.capture(intent.id),
    kit.stripe.paymentIntents.cancel(intent.id),
  ])
    await expect(refused).rejects.toMatchObject({ code: "payment_intent_unexpected_state" });
  await expect(kit.stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
    statusCode: 400,
  });
});

test("no more is taken than is held", async () => {
  const { intent } = await heldCheckout();
  await expect(
    kit.stripe.paymentIntents.capture(intent.id, { amount_to_capture: 15_001 }),
  ).rejects.toMatchObject({ code: "amount_too_large", param: "amount_to_capture" });
});

test("a part is taken, and the rest is let go", async () => {
  const { intent, charge } = await heldCheckout();
  const captured = await kit.stripe.paymentIntents.capture(intent.id, {
    amount_to_capture: 10_000,
  });
  expect(captured).toMatchObject({ status: "succeeded", amount: 15_000, amount_received: 10_000 });
  expect(await kit.stripe.charges.retrieve(charge.id)).toMatchObject({
    amount: 15_000,
    amount_captured: 10_000,
    amount_refunded: 5_000,
    refunded: false,
  });
  expect(await kit.stripe.balance.retrieve()).toMatchObject({ pending: [{ amount: 9_680 }] });
  expect((await eventTypes()).slice(-4)).toEqual([
    "charge.captured",
    "refund.created",
    "charge.refunded",
    "payment_intent.succeeded",
  ]);
  await expect(
    kit.stripe.refunds.create({ payment_intent: intent.id, amount: 10_001 }),
  ).rejects.toMatchObject({ param: "amount" });
  expect(await kit.stripe.refunds.create({ payment_intent: intent.id })).toMatchObject({
    amount: 10_000,
  });
});

test("all of a hold is booked, and what was not captured is taken back with its part of the fee", async () => {
  const { intent, charge } = await heldCheckout();
  await kit.stripe.paymentIntents.capture(intent.id, { amount_to_capture: 10_000 });
  const { data: movements } = await kit.stripe.balanceTransactions.list();
  const { data: refunds } = await kit.stripe.refunds.list({ charge: charge.id });
  expect(refunds).toMatchObject([{ amount: 5_000, status: "succeeded", metadata: {} }]);
  expect(movements).toMatchObject([
    {
      type: "refund",
      reporting_category: "partial_capture_reversal",
      source: refunds[0]!.id,
      amount: -5_000,
      fee: -145,
      net: -4_855,
    },
    { type: "charge", source: charge.id, amount: 15_000, fee: 465, net: 14_535 },
  ]);
  expect(await kit.admin("fail-refund", { refund: refunds[0]!.id })).toMatchObject({
    error: { message: expect.stringContaining("never captured") as string },
  });
});

test("nothing more is taken of what was captured in part", async () => {
  const { intent } = await heldCheckout();
  const part = { amount_to_capture: 10_000 };
  const key = { idempotencyKey: "capture:part" };
  await kit.stripe.paymentIntents.capture(intent.id, part, key);
  expect(await kit.stripe.paymentIntents.capture(intent.id, part, key)).toMatchObject({
    amount_received: 10_000,
  });
  await expect(
    kit.stripe.paymentIntents.capture(intent.id, { amount_to_capture: 5_000 }),
  ).rejects.toMatchObject({ code: "payment_intent_unexpected_state" });
  await expect(
    kit.stripe.paymentIntents.capture(intent.id, { amount_to_capture: 15_000 }, key),
  ).rejects.toMatchObject({ type: "StripeIdempotencyError" });
});

test("after a week the bank lets it go by itself", async () => {
  const { intent } = await heldCheckout();
  await kit.admin("clock", { advanceSeconds: 7 * 24 * 60 * 60 + 1 });
  expect(await kit.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: "canceled",
    cancellation_reason: "automatic",
  });
  expect((await eventTypes()).at(-1)).toBe("payment_intent.canceled");
});
