import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { idOf } from "./api/id-of.ts";
import { checkoutParams, startKit, submitCard, type Kit } from "./test-kit.ts";

const FOUR_DAYS = 4 * 24 * 60 * 60;

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

async function eventTypes(): Promise<string[]> {
  const { data } = await kit.stripe.events.list({ limit: 100 });
  return data.map(({ type }) => type).reverse();
}

/** A checkout that was paid from a bank account, as far as anyone knows yet. */
async function debited(number: string) {
  const session = await kit.stripe.checkout.sessions.create(
    checkoutParams({ allowed_payment_method_types: ["card", "us_bank_account"] }),
  );
  expect(await (await fetch(session.url ?? "")).text()).toContain("Pay from a bank account");
  const answer = await submitCard(`${session.url}/bank`, { number });
  expect(answer.headers.get("location")).toContain("http://site.test/paid");
  return kit.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
}

test("the checkout is complete and unpaid until the bank says yes", async () => {
  const session = await debited("000123456789");
  expect(session).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_intent: { status: "processing", amount_received: 0 },
  });
  expect(await kit.stripe.balance.retrieve()).toMatchObject({ pending: [{ amount: 0 }] });

  await kit.admin("clock", { advanceSeconds: FOUR_DAYS });
  const paid = await kit.stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent.latest_charge.balance_transaction"],
  });
  expect(paid).toMatchObject({
    payment_status: "paid",
    payment_intent: {
      status: "succeeded",
      amount_received: 15_000,
      latest_charge: {
        payment_method_details: { type: "us_bank_account", us_bank_account: { last4: "6789" } },
        balance_transaction: { type: "payment", fee: 120, net: 14_880 },
      },
    },
  });
  expect(await eventTypes()).toEqual([
    "payment_intent.created",
    "charge.pending",
    "payment_intent.processing",
    "checkout.session.completed",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.async_payment_succeeded",
  ]);
});

test("or no", async () => {
  const session = await debited("000222222227");
  await kit.admin("clock", { advanceSeconds: FOUR_DAYS });
  expect(
    await kit.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] }),
  ).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_intent: { status: "requires_payment_method" },
  });
  expect((await eventTypes()).slice(-3)).toEqual([
    "charge.failed",
    "payment_intent.payment_failed",
    "checkout.session.async_payment_failed",
  ]);
});

test("tests decide when they like, once", async () => {
  const session = await debited("000123456789");
  const paymentIntent =
    typeof session.payment_intent === "string" ? "" : (idOf(session.payment_intent) ?? "");
  await kit.admin("settle-payment", { paymentIntent, outcome: "failed" });
  expect((await eventTypes()).at(-1)).toBe("checkout.session.async_payment_failed");
  expect(await kit.admin("settle-payment", { paymentIntent, outcome: "succeeded" })).toHaveProperty(
    "error",
  );
});

test("a wrong number is told beside the field", async () => {
  const session = await kit.stripe.checkout.sessions.create(
    checkoutParams({ allowed_payment_method_types: ["card", "us_bank_account"] }),
  );
  const answer = await submitCard(`${session.url}/bank`, { number: "12" });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('id="number-error"');
});

test("only checkouts that allow it take bank accounts", async () => {
  for (const changes of [
    {},
    {
      allowed_payment_method_types: ["card" as const, "us_bank_account" as const],
      payment_intent_data: { capture_method: "manual" as const },
    },
  ]) {
    const session = await kit.stripe.checkout.sessions.create(checkoutParams(changes));
    expect(await (await fetch(session.url ?? "")).text()).not.toContain("bank account");
    expect((await submitCard(`${session.url}/bank`, { number: "000123456789" })).status).toBe(404);
  }
});
