import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { accountParams, onboardedAccount, paidCheckout, startKit, type Kit } from "./test-kit.ts";

const TWO_DAYS = 2 * 24 * 60 * 60;

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.settled();
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

/** What an account has, or the platform when none is named. */
async function balance(account?: string) {
  const { available, pending } = await kit.stripe.balance.retrieve(
    {},
    account ? { stripeAccount: account } : {},
  );
  return { available: available[0]?.amount, pending: pending[0]?.amount };
}

/** An account whose money stays until it is asked for. */
async function coach(): Promise<string> {
  const settings = { payouts: { schedule: { interval: "manual" as const } } };
  return (await onboardedAccount(kit.stripe, {}, { settings })).id;
}

describe("a transfer", () => {
  test("of a charge's money follows that charge", async () => {
    const account = await coach();
    const { charge } = await paidCheckout(kit.stripe);
    const transfer = await kit.stripe.transfers.create({
      amount: 12_000,
      currency: "usd",
      destination: account,
      source_transaction: charge.id,
      transfer_group: "booking_1",
      metadata: { booking_id: "b-1" },
    });
    expect(transfer).toMatchObject({
      amount: 12_000,
      amount_reversed: 0,
      reversed: false,
      destination: account,
      source_transaction: charge.id,
      transfer_group: "booking_1",
      metadata: { booking_id: "b-1" },
    });
    expect(await balance()).toEqual({ available: 0, pending: 14_535 - 12_000 });
    expect(await balance(account)).toEqual({ available: 0, pending: 12_000 });

    await kit.admin("clock", { advanceSeconds: TWO_DAYS });
    expect(await balance()).toEqual({ available: 2_535, pending: 0 });
    expect(await balance(account)).toEqual({ available: 12_000, pending: 0 });

    const mine = await kit.stripe.balanceTransactions.list({ source: transfer.id });
    expect(mine.data).toMatchObject([{ type: "transfer", amount: -12_000, net: -12_000, fee: 0 }]);
    const theirs = await kit.stripe.balanceTransactions.list({}, { stripeAccount: account });
    expect(theirs.data).toMatchObject([
      { type: "payment", net: 12_000, source: transfer.destination_payment },
    ]);
    const { data } = await kit.stripe.events.list({ type: "transfer.*" });
    expect(data.map(({ type }) => type)).toEqual(["transfer.created"]);
  });

  test("takes no more of a charge than it brought, over all its transfers", async () => {
    const account = await coach();
    const { charge } = await paidCheckout(kit.stripe);
    const params = { currency: "usd", destination: account, source_transaction: charge.id };
    await kit.stripe.transfers.create({ ...params, amount: 10_000 });
    await expect(kit.stripe.transfers.create({ ...params, amount: 5_001 })).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining("must not exceed the source amount of $150.00") as string,
    });
    await kit.stripe.transfers.create({ ...params, amount: 5_000 });
    expect((await kit.stripe.transfers.list({ destination: account })).data).toHaveLength(2);
  });

  test("without a charge takes what is available, no more", async () => {
    const account = await coach();
    await paidCheckout(kit.stripe);
    const params = { currency: "usd", destination: account, amount: 14_535 };
    await expect(kit.stripe.transfers.create(params)).rejects.toMatchObject({
      code: "balance_insufficient",
    });
    await kit.admin("clock", { advanceSeconds: TWO_DAYS });
    await expect(kit.stripe.transfers.create({ ...params, amount: 14_536 })).rejects.toMatchObject({
      code: "balance_insufficient",
    });
    await kit.stripe.transfers.create(params);
    expect(await balance()).toEqual({ available: 0, pending: 0 });
    expect(await balance(account)).toEqual({ available: 14_535, pending: 0 });
  });

  test("to someone who isn't ready is refused", async () => {
    const { id } = await kit.stripe.accounts.create(accountParams());
    const { charge } = await paidCheckout(kit.stripe);
    const params = { amount: 100, currency: "usd", source_transaction: charge.id };
    await expect(kit.stripe.transfers.create({ ...params, destination: id })).rejects.toMatchObject(
      { code: "insufficient_capabilities_for_transfer", statusCode: 400 },
    );
    await expect(
      kit.stripe.transfers.create({ ...params, destination: "acct_x" }),
    ).rejects.toMatchObject({ code: "resource_missing", param: "destination" });
    expect((await kit.stripe.transfers.list()).data).toEqual([]);
  });

  test("of money that is only held, or in another currency, is refused", async () => {
    const destination = await coach();
    const held = await paidCheckout(
      kit.stripe,
      {},
      { payment_intent_data: { capture_method: "manual" } },
    );
    const params = { amount: 100, destination, source_transaction: held.charge.id };
    await expect(kit.stripe.transfers.create({ ...params, currency: "usd" })).rejects.toMatchObject(
      { param: "source_transaction" },
    );
    await kit.stripe.paymentIntents.capture(held.intent.id);
    await expect(kit.stripe.transfers.create({ ...params, currency: "eur" })).rejects.toMatchObject(
      { param: "currency" },
    );
    await kit.stripe.transfers.create({ ...params, currency: "usd" });
  });

  test.each([0, -5])("of %i cents is refused", async (amount) => {
    const destination = await coach();
    await expect(
      kit.stripe.transfers.create({ amount, currency: "usd", destination }),
    ).rejects.toMatchObject({ param: "amount" });
  });
});

describe("a reversal", () => {
  async function transferred(amount: number) {
    const account = await coach();
    const { charge } = await paidCheckout(kit.stripe);
    const transfer = await kit.stripe.transfers.create({
      amount,
      currency: "usd",
      destination: account,
      source_transaction: charge.id,
    });
    return { account, charge, transfer };
  }

  test("brings parts back until nothing is left", async () => {
    const { account, transfer } = await transferred(12_000);
    const reversal = await kit.stripe.transfers.createReversal(transfer.id, {
      amount: 4_000,
      metadata: { refund_id: "r-1" },
    });
    expect(reversal).toMatchObject({ amount: 4_000, transfer: transfer.id });
    expect(await kit.stripe.transfers.retrieve(transfer.id)).toMatchObject({
      amount_reversed: 4_000,
      reversed: false,
      reversals: { data: [{ id: reversal.id, metadata: { refund_id: "r-1" } }] },
    });
    await expect(
      kit.stripe.transfers.createReversal(transfer.id, { amount: 8_001 }),
    ).rejects.toMatchObject({ param: "amount" });
    await kit.stripe.transfers.createReversal(transfer.id);
    await expect(kit.stripe.transfers.createReversal(transfer.id)).rejects.toMatchObject({
      statusCode: 400,
    });

    expect(await balance()).toEqual({ available: 0, pending: 14_535 });
    expect(await balance(account)).toEqual({ available: 0, pending: 0 });
    expect(await kit.stripe.transfers.retrieveReversal(transfer.id, reversal.id)).toMatchObject({
      id: reversal.id,
      amount: 4_000,
    });
    expect((await kit.stripe.transfers.listReversals(transfer.id)).data).toHaveLength(2);
    const { data } = await kit.stripe.events.list({ type: "transfer.reversed" });
    expect(data.map((event) => event.data.object)).toMatchObject([
      { reversed: true },
      { reversed: false },
    ]);
  });

  test("fails when the account has spent the money", async () => {
    const { account, transfer } = await transferred(12_000);
    await kit.admin("clock", { advanceSeconds: TWO_DAYS });
    await kit.stripe.payouts.create({ amount: 9_000, currency: "usd" }, { stripeAccount: account });
    await expect(
      kit.stripe.transfers.createReversal(transfer.id, { amount: 3_001 }),
    ).rejects.toMatchObject({ code: "balance_insufficient", statusCode: 400 });
    await kit.stripe.transfers.createReversal(transfer.id, { amount: 3_000 });
    expect(await balance(account)).toEqual({ available: 0, pending: 0 });
  });

  test("makes room for another transfer of the same charge", async () => {
    const { account, charge, transfer } = await transferred(15_000);
    await kit.stripe.transfers.createReversal(transfer.id);
    const again = await kit.stripe.transfers.create({
      amount: 15_000,
      currency: "usd",
      destination: account,
      source_transaction: charge.id,
    });
    expect(again.amount).toBe(15_000);
  });
});

test("a refund takes from the platform and leaves the transfer alone", async () => {
  const account = await coach();
  const { charge } = await paidCheckout(kit.stripe);
  await kit.stripe.transfers.create({
    amount: 12_000,
    currency: "usd",
    destination: account,
    source_transaction: charge.id,
  });
  await kit.stripe.refunds.create({ charge: charge.id });
  expect(await balance()).toEqual({ available: -15_000, pending: 2_535 });
  expect(await balance(account)).toEqual({ available: 0, pending: 12_000 });
});
