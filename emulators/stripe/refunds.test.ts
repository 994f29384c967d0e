import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { idOf } from "./api/id-of.ts";
import { checkoutParams, paidCheckout, startKit, submitCard, type Kit } from "./test-kit.ts";

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

async function refundEvents(): Promise<string[]> {
  const { data } = await kit.stripe.events.list({ limit: 100 });
  return data
    .map(({ type }) => type)
    .filter((type) => type.includes("refund"))
    .reverse();
}

test("without an amount everything goes back", async () => {
  const { intent, charge } = await paidCheckout(kit.stripe);
  const refund = await kit.stripe.refunds.create({
    payment_intent: intent.id,
    reason: "requested_by_customer",
    metadata: { refund_id: "r-1" },
  });
  expect(refund).toMatchObject({
    amount: 15_000,
    status: "succeeded",
    charge: charge.id,
    payment_intent: intent.id,
    reason: "requested_by_customer",
    metadata: { refund_id: "r-1" },
  });
  expect(await kit.stripe.charges.retrieve(charge.id)).toMatchObject({
    amount_refunded: 15_000,
    refunded: true,
    status: "succeeded",
  });
  expect(await refundEvents()).toEqual(["refund.created", "charge.refunded"]);
  // The processing fee is not given back.
  expect(await kit.stripe.balance.retrieve()).toMatchObject({
    available: [{ amount: -15_000 }],
    pending: [{ amount: 14_535 }],
  });
});

test("parts go back until nothing is left", async () => {
  const { charge } = await paidCheckout(kit.stripe);
  await kit.stripe.refunds.create({ charge: charge.id, amount: 7_500 });
  expect(await kit.stripe.charges.retrieve(charge.id)).toMatchObject({
    amount_refunded: 7_500,
    refunded: false,
  });
  await expect(
    kit.stripe.refunds.create({ charge: charge.id, amount: 7_501 }),
  ).rejects.toMatchObject({ statusCode: 400, param: "amount" });
  expect(await kit.stripe.refunds.create({ charge: charge.id })).toMatchObject({ amount: 7_500 });
  await expect(kit.stripe.refunds.create({ charge: charge.id, amount: 1 })).rejects.toMatchObject({
    statusCode: 400,
    code: "charge_already_refunded",
  });

  const expanded = await kit.stripe.charges.retrieve(charge.id, { expand: ["refunds"] });
  expect(expanded.refunds?.data.map(({ amount }) => amount)).toEqual([7_500, 7_500]);
});

test.each([0, -1])("an amount of %i is refused", async (amount) => {
  const { charge } = await paidCheckout(kit.stripe);
  await expect(kit.stripe.refunds.create({ charge: charge.id, amount })).rejects.toMatchObject({
    param: "amount",
  });
  expect((await kit.stripe.charges.retrieve(charge.id)).amount_refunded).toBe(0);
});

test("what was never paid can't go back", async () => {
  const session = await kit.stripe.checkout.sessions.create(checkoutParams());
  await submitCard(session.url, { number: "4000000000000002" });
  const { payment_intent: intent } = await kit.stripe.checkout.sessions.retrieve(session.id);
  await expect(
    kit.stripe.refunds.create({ payment_intent: idOf(intent) ?? "" }),
  ).rejects.toMatchObject({ statusCode: 400, param: "payment_intent" });

  const { data } = await kit.stripe.charges.list();
  await expect(kit.stripe.refunds.create({ charge: data[0]?.id })).rejects.toMatchObject({
    statusCode: 400,
    param: "charge",
  });
  await expect(kit.stripe.refunds.create({})).rejects.toMatchObject({ statusCode: 400 });
});

test("a bank may send a refund back, and then it can be made again", async () => {
  const { charge } = await paidCheckout(kit.stripe);
  const refund = await kit.stripe.refunds.create({ charge: charge.id, amount: 5_000 });
  await kit.admin("fail-refund", { refund: refund.id });

  expect(await kit.stripe.refunds.retrieve(refund.id)).toMatchObject({
    status: "failed",
    failure_reason: "expired_or_canceled_card",
  });
  expect(await kit.stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 0 });
  expect(await refundEvents()).toEqual([
    "refund.created",
    "charge.refunded",
    "refund.updated",
    "charge.refund.updated",
    "refund.failed",
  ]);
  expect(await kit.stripe.refunds.create({ charge: charge.id })).toMatchObject({ amount: 15_000 });
  expect(await kit.admin("fail-refund", { refund: refund.id })).toMatchObject({
    error: { message: `Refund ${refund.id} is failed.` },
  });
});

test("Stripe's card for failing refunds fails them after a while", async () => {
  const { charge } = await paidCheckout(kit.stripe, { number: "4000000000005126" });
  const refund = await kit.stripe.refunds.create({ charge: charge.id });
  expect(refund.status).toBe("succeeded");
  await kit.admin("clock", { advanceSeconds: 60 });
  expect((await kit.stripe.refunds.retrieve(refund.id)).status).toBe("failed");
});

test("Stripe's card for slow refunds lets them succeed after a while", async () => {
  const { charge } = await paidCheckout(kit.stripe, { number: "4000000000007726" });
  const refund = await kit.stripe.refunds.create({ charge: charge.id });
  expect(refund.status).toBe("pending");
  await kit.admin("clock", { advanceSeconds: 60 });
  expect((await kit.stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
});

test("refunds are found by charge and payment", async () => {
  const first = await paidCheckout(kit.stripe);
  const second = await paidCheckout(kit.stripe);
  const refund = await kit.stripe.refunds.create({ charge: first.charge.id });
  const ids = async (params: object) =>
    (await kit.stripe.refunds.list(params)).data.map(({ id }) => id);
  expect(await ids({ charge: first.charge.id })).toEqual([refund.id]);
  expect(await ids({ payment_intent: first.intent.id })).toEqual([refund.id]);
  expect(await ids({ charge: second.charge.id })).toEqual([]);
});
