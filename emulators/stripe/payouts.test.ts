import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import {
  onboardedAccount,
  paidCheckout,
  startKit,
  submitOnboarding,
  type Kit,
} from "./test-kit.ts";

const DAY = 24 * 60 * 60;

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.settled();
  kit.connectReceiver.clear();
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

/** An account with 100 dollars that can be used. */
async function earner(interval: "daily" | "manual", accountNumber?: string): Promise<string> {
  const settings = { payouts: { schedule: { interval } } };
  const { id } = await onboardedAccount(kit.stripe, accountNumber ? { accountNumber } : {}, {
    settings,
  });
  const { charge } = await paidCheckout(kit.stripe);
  await kit.stripe.transfers.create({
    amount: 10_000,
    currency: "usd",
    destination: id,
    source_transaction: charge.id,
  });
  await kit.admin("clock", { advanceSeconds: 2 * DAY + 60 });
  return id;
}

async function available(account: string) {
  const balance = await kit.stripe.balance.retrieve({}, { stripeAccount: account });
  return balance.available[0]?.amount;
}

async function payoutEvents(): Promise<string[]> {
  await kit.settled();
  return kit.connectReceiver.types().filter((type) => type.startsWith("payout."));
}

test("what was earned is paid out by itself, and arrives", async () => {
  const account = await earner("daily");
  const { data } = await kit.stripe.payouts.list({}, { stripeAccount: account });
  expect(data).toMatchObject([{ amount: 10_000, automatic: true, status: "in_transit" }]);
  expect(await available(account)).toBe(0);
  const carried = await kit.stripe.balanceTransactions.list(
    { payout: data[0]?.id },
    { stripeAccount: account },
  );
  expect(carried.data.map(({ type }) => type)).toEqual(["payout", "payment"]);

  await kit.admin("clock", { advanceSeconds: 2 * DAY });
  const [paid] = (await kit.stripe.payouts.list({}, { stripeAccount: account })).data;
  expect(paid).toMatchObject({ status: "paid" });
  expect(await payoutEvents()).toEqual(["payout.created", "payout.updated", "payout.paid"]);
  const [event] = (
    await kit.stripe.events.list({ type: "payout.paid" }, { stripeAccount: account })
  ).data;
  expect(event).toMatchObject({ account });
});

test("no more is paid out than there is", async () => {
  const account = await earner("manual");
  const payOut = (amount: number) =>
    kit.stripe.payouts.create({ amount, currency: "usd" }, { stripeAccount: account });
  await expect(payOut(10_001)).rejects.toMatchObject({ code: "balance_insufficient" });
  await expect(payOut(0)).rejects.toMatchObject({ param: "amount" });
  expect(await payOut(4_000)).toMatchObject({ automatic: false, status: "in_transit" });
  expect(await available(account)).toBe(6_000);
});

test("a bank may send a payout back: the money returns and nothing is paid out until there is another bank", async () => {
  const account = await earner("daily", "000111111116");
  await kit.admin("clock", { advanceSeconds: 2 * DAY });
  const [failed] = (await kit.stripe.payouts.list({}, { stripeAccount: account })).data;
  expect(failed).toMatchObject({ status: "failed", failure_code: "account_closed" });
  expect(await available(account)).toBe(10_000);
  expect(await kit.stripe.accounts.retrieve(account)).toMatchObject({
    payouts_enabled: false,
    requirements: { currently_due: ["external_account"] },
  });
  expect(await payoutEvents()).toEqual(["payout.created", "payout.failed"]);
  await expect(
    kit.stripe.payouts.create({ amount: 1, currency: "usd" }, { stripeAccount: account }),
  ).rejects.toMatchObject({ code: "payouts_not_allowed" });

  await submitOnboarding(kit.stripe, account, { accountNumber: "000123456789" });
  await kit.admin("clock", { advanceSeconds: DAY });
  const [again] = (await kit.stripe.payouts.list({}, { stripeAccount: account })).data;
  expect(again).toMatchObject({ status: "in_transit", amount: 10_000 });
});

test("a payout fails on demand, once", async () => {
  const account = await earner("manual");
  const payout = await kit.stripe.payouts.create(
    { amount: 10_000, currency: "usd" },
    { stripeAccount: account },
  );
  expect(await kit.admin("fail-payout", { account, payout: payout.id })).toMatchObject({
    status: "failed",
  });
  expect(await available(account)).toBe(10_000);
  expect(await kit.admin("fail-payout", { account, payout: payout.id })).toMatchObject({
    error: { message: `Payout ${payout.id} is failed.` },
  });
});

test("accounts see their own money only", async () => {
  const account = await earner("manual");
  const other = await onboardedAccount(kit.stripe);
  expect(await available(other.id)).toBe(0);
  const theirs = await kit.stripe.balanceTransactions.list({}, { stripeAccount: account });
  await expect(
    kit.stripe.balanceTransactions.retrieve(
      theirs.data[0]?.id ?? "",
      {},
      { stripeAccount: other.id },
    ),
  ).rejects.toMatchObject({ statusCode: 404 });
});

test("the platform is paid out when it asks, and its bank may send that back", async () => {
  const { charge } = await paidCheckout(kit.stripe);
  await kit.admin("clock", { advanceSeconds: 2 * DAY + 60 });
  const [booked] = (await kit.stripe.balanceTransactions.list({ source: charge.id })).data;
  const payout = await kit.stripe.payouts.create({ amount: booked?.net ?? 0, currency: "usd" });
  expect((await kit.stripe.balance.retrieve()).available[0]?.amount).toBe(0);

  await kit.admin("fail-payout", { payout: payout.id });
  expect((await kit.stripe.balance.retrieve()).available[0]?.amount).toBe(booked?.net);
  const movements = await kit.stripe.balanceTransactions.list({ source: payout.id });
  expect(movements.data.map(({ type }) => type)).toEqual(["payout_failure", "payout"]);
});
