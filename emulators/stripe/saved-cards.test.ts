import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { idOf } from "./api/id-of.ts";
import {
  authenticate,
  customerWithCard,
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
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

/** Charges a saved card while its holder is away. */
function chargeAway(
  saved: { customer: string; method: string },
  changes: Partial<Stripe.PaymentIntentCreateParams> = {},
) {
  return kit.stripe.paymentIntents.create({
    amount: 2_500,
    currency: "usd",
    customer: saved.customer,
    payment_method: saved.method,
    off_session: true,
    confirm: true,
    metadata: { booking_id: "b-1" },
    ...changes,
  });
}

describe("a checkout in setup mode", () => {
  test("saves a card and charges nothing", async () => {
    const { id: customer } = await kit.stripe.customers.create({});
    const session = await kit.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      customer,
      success_url: "http://site.test/saved",
      setup_intent_data: { metadata: { profile_id: "p-1" } },
    });
    expect(session).toMatchObject({
      mode: "setup",
      amount_total: null,
      payment_status: "no_payment_required",
      setup_intent: expect.stringContaining("seti_") as string,
    });
    expect(await (await fetch(session.url ?? "")).text()).toContain("Save card");

    expect((await submitCard(session.url)).headers.get("location")).toBe("http://site.test/saved");
    const done = await kit.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["setup_intent.payment_method"],
    });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "no_payment_required",
      payment_intent: null,
      setup_intent: {
        status: "succeeded",
        metadata: { profile_id: "p-1" },
        payment_method: { customer, card: { last4: "4242" } },
      },
    });
    const { data } = await kit.stripe.events.list();
    expect(data.map(({ type }) => type).reverse()).toEqual([
      "customer.created",
      "setup_intent.created",
      "payment_method.attached",
      "setup_intent.succeeded",
      "checkout.session.completed",
    ]);
    expect((await kit.stripe.setupIntents.list({ customer })).data).toHaveLength(1);
  });

  test("tells why a card can't be saved, and takes another", async () => {
    const session = await kit.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      success_url: "http://site.test/saved",
    });
    const declined = await submitCard(session.url, { number: "4000000000000002" });
    expect(declined.status).toBe(402);
    expect(await declined.text()).toContain("Your card was declined.");
    const asked = await submitCard(session.url, { number: "4000002500003155" });
    await authenticate(kit, asked, "fail");
    expect((await kit.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    expect((await submitCard(session.url)).status).toBe(303);
  });

  test.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, string]>([
    ["items", { line_items: [{ price: "price_x", quantity: 1 }] }, "line_items"],
    ["a payment's data", { payment_intent_data: { description: "x" } }, "payment_intent_data"],
    ["no currency", { currency: undefined }, "currency"],
  ])("with %s is refused", async (_, changes, param) => {
    await expect(
      kit.stripe.checkout.sessions.create({
        mode: "setup",
        currency: "usd",
        success_url: "http://site.test/saved",
        ...changes,
      }),
    ).rejects.toMatchObject({ statusCode: 400, param });
  });
});

describe("a payment without the card's holder", () => {
  test("succeeds with a card that was saved", async () => {
    const intent = await chargeAway(await customerWithCard(kit));
    expect(intent).toMatchObject({
      status: "succeeded",
      amount_received: 2_500,
      metadata: { booking_id: "b-1" },
    });
    expect(await kit.stripe.charges.list({ payment_intent: intent.id })).toMatchObject({
      data: [{ status: "succeeded", metadata: { booking_id: "b-1" } }],
    });
  });

  test("succeeds with a card that paid a checkout and was kept", async () => {
    const { id: customer } = await kit.stripe.customers.create({});
    const { intent } = await paidCheckout(
      kit.stripe,
      {},
      { customer, payment_intent_data: { setup_future_usage: "off_session" } },
    );
    const method = idOf(intent.payment_method) ?? "";
    expect((await chargeAway({ customer, method })).status).toBe("succeeded");
  });

  test("is for the customer that a checkout makes when it keeps a card", async () => {
    const { session, intent } = await paidCheckout(
      kit.stripe,
      {},
      { payment_intent_data: { setup_future_usage: "off_session" } },
    );
    const customer = idOf(session.customer) ?? "";
    const method = idOf(intent.payment_method) ?? "";
    expect((await chargeAway({ customer, method })).status).toBe("succeeded");
  });

  test("with a card that was authenticated when it was saved needs nothing more", async () => {
    const saved = await customerWithCard(kit, "4000002500003155");
    expect((await chargeAway(saved)).status).toBe("succeeded");
  });

  test("is declined when the bank wants to hear from the holder, who can then confirm", async () => {
    const saved = await customerWithCard(kit, "4000002760003184");
    const refusal = await chargeAway(saved).then(
      () => null,
      (error: unknown) => error as Stripe.errors.StripeCardError,
    );
    expect(refusal).toMatchObject({
      type: "StripeCardError",
      statusCode: 402,
      code: "authentication_required",
      decline_code: "authentication_required",
      payment_intent: { status: "requires_payment_method" },
    });

    const confirmed = await kit.stripe.paymentIntents.confirm(refusal?.payment_intent?.id ?? "", {
      payment_method: saved.method,
      return_url: "http://site.test/fee",
    });
    expect(confirmed.status).toBe("requires_action");
    const there = new Response(null, {
      headers: { location: confirmed.next_action?.redirect_to_url?.url ?? "" },
    });
    const back = await authenticate(kit, there, "complete");
    expect(back.headers.get("location")).toBe(
      `http://site.test/fee?payment_intent=${confirmed.id}&redirect_status=succeeded`,
    );
    expect((await kit.stripe.paymentIntents.retrieve(confirmed.id)).status).toBe("succeeded");
  });

  test("is declined by a card that saves but doesn't pay", async () => {
    const saved = await customerWithCard(kit, "4000000000000341");
    await expect(chargeAway(saved)).rejects.toMatchObject({
      statusCode: 402,
      code: "card_declined",
      payment_intent: { last_payment_error: { code: "card_declined" } },
    });
    const { data } = await kit.stripe.events.list({ type: "payment_intent.payment_failed" });
    expect(data).toHaveLength(1);
  });

  test("has its effect once, the declined one too", async () => {
    const saved = await customerWithCard(kit, "4000000000000341");
    const params = {
      amount: 2_500,
      currency: "usd",
      customer: saved.customer,
      payment_method: saved.method,
      off_session: true,
      confirm: true,
    };
    const once = { idempotencyKey: "fee:1" };
    for (const attempt of [1, 2]) {
      await expect(
        kit.stripe.paymentIntents.create(params, once),
        `attempt ${attempt}`,
      ).rejects.toMatchObject({ code: "card_declined" });
    }
    expect((await kit.stripe.charges.list()).data).toHaveLength(1);
  });

  test("needs a card of that customer", async () => {
    const saved = await customerWithCard(kit);
    const other = await kit.stripe.customers.create({});
    await expect(chargeAway({ ...saved, customer: other.id })).rejects.toMatchObject({
      param: "payment_method",
    });
    await expect(chargeAway({ ...saved, method: "pm_x" })).rejects.toMatchObject({
      code: "resource_missing",
    });
    await expect(chargeAway(saved, { payment_method: undefined })).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
    await expect(chargeAway(saved, { confirm: false })).rejects.toMatchObject({
      param: "off_session",
    });
    await expect(chargeAway(saved, { amount: 49 })).rejects.toMatchObject({
      code: "amount_too_small",
    });
  });

  test("can't be made once the card is taken off", async () => {
    const saved = await customerWithCard(kit);
    await kit.stripe.paymentMethods.detach(saved.method);
    await expect(chargeAway(saved)).rejects.toMatchObject({ param: "payment_method" });
    await expect(kit.stripe.paymentMethods.detach(saved.method)).rejects.toMatchObject({
      statusCode: 400,
    });
    expect((await kit.stripe.customers.listPaymentMethods(saved.customer)).data).toEqual([]);
  });
});
