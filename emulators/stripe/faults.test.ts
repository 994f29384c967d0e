import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import {
  customerWithCard,
  onboardedAccount,
  paidCheckout,
  startKit,
  submitCard,
  type Kit,
} from "./test-kit.ts";

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.settled();
  kit.receiver.clear();
  kit.connectReceiver.clear();
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

type Call = {
  path: string;
  form: Record<string, string>;
  account?: string;
  /** What must be the same number after one call and after many. */
  effects: () => Promise<number>;
};

function send({ path, form, account }: Call, key: string): Promise<Response> {
  return kit.raw(path, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { "idempotency-key": key, ...(account && { "stripe-account": account }) },
  });
}

/** A coach with 120 dollars, and the transfer that brought them. */
async function transferred() {
  const settings = { payouts: { schedule: { interval: "manual" as const } } };
  const { id: account } = await onboardedAccount(kit.stripe, {}, { settings });
  const { charge } = await paidCheckout(kit.stripe, { number: "4000000000000077" });
  const transfer = await kit.stripe.transfers.create({
    amount: 12_000,
    currency: "usd",
    destination: account,
    source_transaction: charge.id,
  });
  return { account, charge, transfer };
}

async function count(list: Promise<{ data: unknown[] }>): Promise<number> {
  return (await list).data.length;
}

/** The calls that move money or begin and end what people owe. */
const CALLS: Record<string, () => Promise<Call>> = {
  async transfer() {
    const { account, charge } = await transferred();
    const form = { amount: "1000", currency: "usd", destination: account };
    return {
      path: "/v1/transfers",
      form: { ...form, source_transaction: charge.id },
      effects: () => count(kit.stripe.transfers.list()),
    };
  },
  async reversal() {
    const { transfer } = await transferred();
    return {
      path: `/v1/transfers/${transfer.id}/reversals`,
      form: { amount: "1000" },
      effects: () => count(kit.stripe.transfers.listReversals(transfer.id)),
    };
  },
  async payout() {
    const { account } = await transferred();
    return {
      path: "/v1/payouts",
      form: { amount: "1000", currency: "usd" },
      account,
      effects: () => count(kit.stripe.payouts.list({}, { stripeAccount: account })),
    };
  },
  async refund() {
    const { charge } = await transferred();
    return {
      path: "/v1/refunds",
      form: { charge: charge.id, amount: "1000" },
      effects: () => count(kit.stripe.refunds.list()),
    };
  },
  async fee() {
    const { customer, method } = await customerWithCard(kit);
    return {
      path: "/v1/payment_intents",
      form: {
        amount: "2500",
        currency: "usd",
        customer,
        payment_method: method,
        off_session: "true",
        confirm: "true",
      },
      effects: () => count(kit.stripe.charges.list()),
    };
  },
  async membership() {
    const { customer, method } = await customerWithCard(kit);
    const price = await kit.stripe.prices.create({
      product_data: { name: "Membership" },
      currency: "usd",
      unit_amount: 9_900,
      recurring: { interval: "month" },
    });
    return {
      path: "/v1/subscriptions",
      form: { customer, "items[0][price]": price.id, default_payment_method: method },
      effects: () => count(kit.stripe.charges.list()),
    };
  },
};

describe.each(Object.keys(CALLS))("a %s", (name) => {
  test("whose answer was lost happens once, however often it is repeated", async () => {
    const call = await CALLS[name]?.();
    if (!call) throw new Error(`There is no ${name}`);
    const before = await call.effects();
    await kit.fault({ kind: "timeout-after-commit", method: "POST", path: call.path });
    await expect(send(call, "k:1")).rejects.toThrow("fetch failed");
    expect(await call.effects()).toBe(before + 1);
    const answers = [await send(call, "k:1"), await send(call, "k:1")];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await call.effects()).toBe(before + 1);
  });

  test.each([429, 500])(
    "that is answered with %i has not happened, and may be repeated",
    async (status) => {
      const call = await CALLS[name]?.();
      if (!call) throw new Error(`There is no ${name}`);
      const before = await call.effects();
      await kit.fault({ kind: "status", status, method: "POST", path: call.path });
      expect((await send(call, "k:1")).status).toBe(status);
      expect(await call.effects()).toBe(before);
      expect((await send(call, "k:1")).status).toBe(200);
      expect(await call.effects()).toBe(before + 1);
    },
  );
});

test("a connected account's keys are its own", async () => {
  const first = await transferred();
  const second = await transferred();
  const payOut = (account: string) =>
    kit.stripe.payouts.create(
      { amount: 1_000, currency: "usd" },
      { stripeAccount: account, idempotencyKey: "payout:1" },
    );
  expect((await payOut(first.account)).id).not.toBe((await payOut(second.account)).id);
});

describe("webhooks", () => {
  function idsOf(deliveries: { body: string }[]): string[] {
    return deliveries.map(({ body }) => (JSON.parse(body) as { id: string }).id);
  }

  test("of both endpoints come twice, reversed or not at all", async () => {
    await kit.admin("modes", { hold: true, duplicate: true });
    const { account } = await transferred();
    await kit.admin("release", { reverse: true });
    await kit.settled();
    const { data } = await kit.stripe.events.list({ limit: 100 }, { stripeAccount: account });
    const told = idsOf(kit.connectReceiver.deliveries);
    expect(told).toEqual(
      data
        .toReversed()
        .flatMap(({ id }) => [id, id])
        .toReversed(),
    );
    expect(kit.receiver.types()[0]).toBe("transfer.created");

    await kit.admin("modes", { drop: true });
    kit.connectReceiver.clear();
    await kit.stripe.accounts.update(account, { email: "new@example.com" });
    await kit.settled();
    expect(kit.connectReceiver.deliveries).toEqual([]);
  });

  test("come late", async () => {
    await kit.admin("modes", { delayMilliseconds: 50 });
    await kit.stripe.customers.create({});
    expect(kit.receiver.deliveries).toEqual([]);
    await kit.settled();
    expect(kit.receiver.types()).toEqual(["customer.created"]);
  });

  test("come in any order that a test wants", async () => {
    await kit.admin("modes", { drop: true });
    const price = await kit.stripe.prices.create({
      product_data: { name: "Membership" },
      currency: "usd",
      unit_amount: 9_900,
      recurring: { interval: "month" },
    });
    const session = await kit.stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: "http://site.test/member",
    });
    await submitCard(session.url);
    const wanted: Stripe.Event["type"][] = [
      "checkout.session.completed",
      "invoice.paid",
      "customer.subscription.created",
      "payment_intent.succeeded",
    ];
    for (const type of wanted) {
      const [event] = (await kit.stripe.events.list({ type })).data;
      await kit.admin("redeliver", { eventId: event?.id });
    }
    await kit.settled();
    expect(kit.receiver.types()).toEqual(wanted);
  });
});
