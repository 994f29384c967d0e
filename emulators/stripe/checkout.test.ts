import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

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

function open(changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return kit.stripe.checkout.sessions.create(checkoutParams(changes));
}

async function eventTypes(): Promise<string[]> {
  const { data } = await kit.stripe.events.list({ limit: 100 });
  return data.map(({ type }) => type).reverse();
}

describe("a new session", () => {
  test("is open, unpaid and complete in its fields", async () => {
    const customer = await kit.stripe.customers.create({ email: "ben@example.com" });
    const expiresAt = Math.floor(Date.now() / 1000) + 31 * 60;
    const session = await open({
      customer: customer.id,
      client_reference_id: "order-1",
      metadata: { booking_id: "b-1" },
      expires_at: expiresAt,
      payment_intent_data: { transfer_group: "booking_b-1" },
      invoice_creation: { enabled: true },
    });

    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: null,
      amount_subtotal: 15_000,
      amount_total: 15_000,
      currency: "usd",
      customer: customer.id,
      customer_details: { email: "ben@example.com" },
      client_reference_id: "order-1",
      metadata: { booking_id: "b-1" },
      expires_at: expiresAt,
      invoice_creation: { enabled: true },
    });
    expect(session.id).toMatch(/^cs_test_/);
    expect(session.url).toBe(`${kit.emulator.url}/c/pay/${session.id}`);
    expect(await eventTypes()).toEqual(["customer.created"]);
  });

  test("adds up its items and lists them with their products", async () => {
    const session = await open({
      line_items: [
        ...(checkoutParams().line_items ?? []),
        {
          quantity: 3,
          price_data: { currency: "usd", unit_amount: 999, product_data: { name: "Workbook" } },
        },
      ],
    });
    expect(session.amount_total).toBe(15_000 + 3 * 999);

    const { data } = await kit.stripe.checkout.sessions.listLineItems(session.id, {
      expand: ["data.price.product"],
    });
    expect(data).toMatchObject([
      { amount_total: 15_000, price: { product: { name: "Pricing strategy, 60 minutes" } } },
      { amount_total: 2_997, quantity: 3, description: "Workbook" },
    ]);
  });

  const soon = Math.floor(Date.now() / 1000);
  const dollars = (amount: number) => [
    {
      quantity: 1,
      price_data: { currency: "usd", unit_amount: amount, product_data: { name: "X" } },
    },
  ];
  test.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, object]>([
    ["no mode", { mode: undefined }, { code: "parameter_missing", param: "mode" }],
    ["no success_url", { success_url: undefined }, { code: "parameter_missing" }],
    ["no items", { line_items: undefined }, { param: "line_items" }],
    ["no address", { success_url: "/paid" }, { code: "url_invalid", param: "success_url" }],
    ["a script", { cancel_url: "javascript:alert(1)" }, { code: "url_invalid" }],
    ["an unknown customer", { customer: "cus_x" }, { code: "resource_missing", param: "customer" }],
    ["a life too short", { expires_at: soon + 15 * 60 }, { param: "expires_at" }],
    ["a life too long", { expires_at: soon + 25 * 60 * 60 }, { param: "expires_at" }],
    ["too little money", { line_items: dollars(49) }, { code: "amount_too_small" }],
    ["too much money", { line_items: dollars(100_000_000) }, { code: "amount_too_large" }],
    ["a negative price", { line_items: dollars(-5) }, { code: "parameter_invalid_integer" }],
    [
      "an unknown price",
      { line_items: [{ price: "price_x", quantity: 1 }] },
      { code: "resource_missing", param: "line_items[0][price]" },
    ],
    [
      "no quantity",
      { line_items: [{ price_data: { currency: "usd", unit_amount: 500 } }] },
      { param: "line_items[0][quantity]" },
    ],
    [
      "a destination: what is earned is transferred later",
      { payment_intent_data: { transfer_data: { destination: "acct_x" } } },
      { param: "payment_intent_data[transfer_data]" },
    ],
    [
      "two kinds of discount",
      { discounts: [{ coupon: "SPRING" }], allow_promotion_codes: true },
      { message: expect.stringContaining("allow_promotion_codes, discounts") as string },
    ],
    ["an unknown coupon", { discounts: [{ coupon: "SPRING" }] }, { param: "discounts[0][coupon]" }],
    ["a membership of nothing that recurs", { mode: "subscription" }, { param: "line_items" }],
  ])("with %s is refused", async (_, changes, error) => {
    await expect(open(changes)).rejects.toMatchObject({ statusCode: 400, ...error });
    expect((await kit.stripe.checkout.sessions.list()).data).toEqual([]);
  });
});

describe("the hosted page", () => {
  test("shows what is bought and needs no script", async () => {
    const session = await open({ customer_email: "ben@example.com" });
    const page = await (await fetch(session.url ?? "")).text();
    expect(page).toContain("$150.00");
    expect(page).toContain("Pricing strategy, 60 minutes");
    expect(page).toContain('value="ben@example.com"');
    expect(page).toContain('href="http://site.test/cancelled"');
    expect(page).not.toContain("<script");
  });

  test("escapes what the site says about its product", async () => {
    const session = await open({
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: "usd",
            unit_amount: 500,
            product_data: { name: "<b>Bold</b>" },
          },
        },
      ],
    });
    expect(await (await fetch(session.url ?? "")).text()).toContain("&lt;b&gt;Bold&lt;/b&gt;");
  });

  test("a good card pays and leads back", async () => {
    const session = await open({
      client_reference_id: "order-1",
      payment_intent_data: { transfer_group: "booking_1", metadata: { booking_id: "b-1" } },
    });
    const answer = await submitCard(session.url);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`http://site.test/paid?session=${session.id}`);

    const paid = await kit.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge.balance_transaction"],
    });
    expect(paid).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      client_reference_id: "order-1",
      customer_details: { email: "ben@example.com", name: "Ben Buyer" },
      payment_intent: {
        status: "succeeded",
        amount_received: 15_000,
        transfer_group: "booking_1",
        metadata: { booking_id: "b-1" },
        latest_charge: {
          status: "succeeded",
          paid: true,
          transfer_group: "booking_1",
          payment_method_details: { card: { brand: "visa", last4: "4242" } },
          balance_transaction: { amount: 15_000, fee: 465, net: 14_535, status: "pending" },
        },
      },
    });
    expect(await eventTypes()).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
  });

  test.each([
    ["4000 0000 0000 0002", "Your card was declined.", "card_declined", "generic_decline"],
    [
      "4000000000009995",
      "Your card has insufficient funds.",
      "card_declined",
      "insufficient_funds",
    ],
    ["4000 0000 0000 0069", "Your card has expired.", "expired_card", "expired_card"],
    ["4012888888881881", "used a non test card", "card_declined", "test_mode_live_card"],
  ])("the card %s is declined", async (number, message, code, declineCode) => {
    const session = await open();
    const answer = await submitCard(session.url, { number });
    expect(answer.status).toBe(402);
    const page = await answer.text();
    expect(page).toContain(message);
    expect(page).toContain('value="Ben Buyer"');

    const after = await kit.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge"],
    });
    expect(after).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: {
        status: "requires_payment_method",
        last_payment_error: { type: "card_error", code, decline_code: declineCode },
        latest_charge: { status: "failed", paid: false, failure_code: code },
      },
    });
    expect(await eventTypes()).toEqual([
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
    ]);
  });

  test("after a decline another card pays the same intent", async () => {
    const session = await open();
    await submitCard(session.url, { number: "4000000000000002" });
    const failed = await kit.stripe.checkout.sessions.retrieve(session.id);
    await submitCard(session.url);
    const paid = await kit.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent"],
    });

    expect(paid.payment_intent).toMatchObject({
      id: failed.payment_intent,
      status: "succeeded",
      last_payment_error: null,
    });
    const charges = await kit.stripe.charges.list({
      payment_intent: idOf(failed.payment_intent) ?? "",
    });
    expect(charges.data.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
  });

  test.each([
    ["number", "4242 4242 4242 4241", "Your card number is invalid."],
    ["number", "4242", "Your card number is incomplete."],
    ["expiry", "soon", "expiration date is incomplete"],
    ["expiry", "01/20", "expiration date is in the past"],
    ["cvc", "1", "security code is incomplete"],
    ["email", "ben", "Your email is invalid."],
    ["name", " ", "Your name is missing."],
  ])(
    "a wrong %s (%s) is told beside the field and charges nothing",
    async (name, value, message) => {
      const session = await open();
      const answer = await submitCard(session.url, { [name]: value });
      expect(answer.status).toBe(400);
      const page = (await answer.text()).replaceAll("&#39;", "'");
      expect(page).toContain(`id="${name}-error"`);
      expect(page).toContain(message);
      expect((await kit.stripe.charges.list()).data).toEqual([]);
    },
  );

  test("pressing Pay twice pays once", async () => {
    const session = await open();
    const answers = await Promise.all([submitCard(session.url), submitCard(session.url)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect((await kit.stripe.charges.list()).data).toHaveLength(1);

    const page = await fetch(`${kit.emulator.url}/c/pay/${session.id}`);
    expect(await page.text()).toContain("You have already paid");
  });

  test("an unknown address is a 404", async () => {
    expect((await fetch(`${kit.emulator.url}/c/pay/cs_test_nothing`)).status).toBe(404);
  });

  test("customers are kept, or made when asked", async () => {
    const known = await kit.stripe.customers.create({ name: "Ben" });
    const withKnown = await paidCheckout(kit.stripe, {}, { customer: known.id });
    expect(withKnown.intent.customer).toBe(known.id);
    expect(withKnown.charge.customer).toBe(known.id);

    const guest = await paidCheckout(kit.stripe);
    expect(guest.session.customer).toBeNull();

    const made = await paidCheckout(kit.stripe, {}, { customer_creation: "always" });
    expect(await kit.stripe.customers.retrieve(idOf(made.session.customer) ?? "")).toMatchObject({
      email: "ben@example.com",
    });
  });
});

describe("a session ends", () => {
  test("when it is expired by the site", async () => {
    const session = await open();
    const expired = await kit.stripe.checkout.sessions.expire(session.id);
    expect(expired).toMatchObject({ status: "expired", url: null, payment_status: "unpaid" });

    const page = await fetch(session.url ?? "");
    expect(page.status).toBe(410);
    expect(await page.text()).toContain("This checkout has expired");
    expect((await submitCard(session.url)).status).toBe(410);
    expect((await kit.stripe.charges.list()).data).toEqual([]);
    expect(await eventTypes()).toEqual(["checkout.session.expired"]);
  });

  test("by itself at its time, without anybody asking", async () => {
    const session = await open({ expires_at: Math.floor(Date.now() / 1000) + 40 * 60 });
    await kit.admin("clock", { advanceSeconds: 39 * 60 });
    await kit.settled();
    expect(kit.receiver.types()).toEqual([]);
    await kit.admin("clock", { advanceSeconds: 2 * 60 });
    await kit.settled();
    expect(kit.receiver.types()).toEqual(["checkout.session.expired"]);
    expect((await kit.stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
  });

  test("but not once it is paid", async () => {
    const { session } = await paidCheckout(kit.stripe);
    await expect(kit.stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining("status of complete") as string,
    });
    await kit.admin("clock", { advanceSeconds: 3 * 24 * 60 * 60 });
    expect((await kit.stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
  });
});

test("sessions are found by customer, payment and state", async () => {
  const customer = await kit.stripe.customers.create({});
  const waiting = await open({ customer: customer.id });
  const { session, intent } = await paidCheckout(kit.stripe);
  const ids = async (params: Stripe.Checkout.SessionListParams) =>
    (await kit.stripe.checkout.sessions.list(params)).data.map(({ id }) => id);

  expect(await ids({})).toEqual([session.id, waiting.id]);
  expect(await ids({ customer: customer.id })).toEqual([waiting.id]);
  expect(await ids({ payment_intent: intent.id })).toEqual([session.id]);
  expect(await ids({ status: "open" })).toEqual([waiting.id]);
});

test("the balance holds what was paid, less the fee, and frees it after two days", async () => {
  await paidCheckout(kit.stripe);
  expect(await kit.stripe.balance.retrieve()).toMatchObject({
    available: [{ amount: 0 }],
    pending: [{ amount: 14_535, currency: "usd" }],
  });
  await kit.admin("clock", { advanceSeconds: 2 * 24 * 60 * 60 });
  expect(await kit.stripe.balance.retrieve()).toMatchObject({
    available: [{ amount: 14_535 }],
    pending: [{ amount: 0 }],
  });
});
