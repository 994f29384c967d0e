import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { idOf } from "./api/id-of.ts";
import { authenticate, customerWithCard, startKit, submitCard, type Kit } from "./test-kit.ts";
import { membershipSteps } from "./test-memberships.ts";

const DAY = 24 * 60 * 60;

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

const { advance, eventTypes, get, invoices, membershipPrice, open, replaceCard, subscribed } =
  membershipSteps(() => kit);

describe("a checkout in subscription mode", () => {
  test("begins a membership, with its invoice paid", async () => {
    const { session, id } = await subscribed();
    expect(session).toMatchObject({
      status: "complete",
      payment_status: "paid",
      amount_total: 9_900,
      payment_intent: null,
      customer: expect.stringContaining("cus_") as string,
    });
    const subscription = await get(id);
    expect(subscription).toMatchObject({
      status: "active",
      metadata: { membership_id: "m-1" },
      customer: session.customer,
      default_payment_method: expect.stringContaining("pm_") as string,
      latest_invoice: session.invoice,
      items: { data: [{ quantity: 1, price: { unit_amount: 9_900 } }] },
    });
    const [item] = subscription.items.data;
    const days = ((item?.current_period_end ?? 0) - (item?.current_period_start ?? 0)) / DAY;
    expect(days).toBeGreaterThanOrEqual(28);
    expect(days).toBeLessThanOrEqual(31);

    const [invoice] = await invoices(id);
    expect(invoice).toMatchObject({
      status: "paid",
      billing_reason: "subscription_create",
      amount_paid: 9_900,
      parent: {
        type: "subscription_details",
        subscription_details: { subscription: id, metadata: { membership_id: "m-1" } },
      },
      lines: {
        data: [{ amount: 9_900, parent: { subscription_item_details: { proration: false } } }],
      },
      payments: { data: [{ status: "paid", payment: { type: "payment_intent" } }] },
    });
    expect(await kit.stripe.balance.retrieve()).toMatchObject({ pending: [{ amount: 9_583 }] });
    expect(
      (await eventTypes()).filter((type) => !/^(price|product|customer\.c)/.test(type)),
    ).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "payment_method.attached",
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "invoice_payment.paid",
      "invoice.paid",
      "invoice.payment_succeeded",
      "checkout.session.completed",
    ]);
  });

  test("begins none when the card is declined, and one after 3-D Secure", async () => {
    const session = await open();
    expect((await submitCard(session.url, { number: "4000000000000002" })).status).toBe(402);
    expect((await kit.stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
    const asked = await submitCard(session.url, { number: "4000002500003155" });
    await authenticate(kit, asked, "complete");
    expect((await kit.stripe.subscriptions.list()).data).toMatchObject([{ status: "active" }]);
    await advance(32);
    expect((await kit.stripe.subscriptions.list()).data).toMatchObject([{ status: "active" }]);
  });

  test("takes what is paid once with the first invoice only", async () => {
    const price = await membershipPrice();
    const { session, id } = await subscribed({
      line_items: [
        { price, quantity: 1 },
        {
          quantity: 1,
          price_data: {
            currency: "usd",
            unit_amount: 5_000,
            product_data: { name: "Welcome kit" },
          },
        },
      ],
    });
    expect(session.amount_total).toBe(14_900);
    await advance(32);
    expect((await invoices(id)).map(({ total }) => total)).toEqual([14_900, 9_900]);
  });

  test.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, string]>([
    ["invoice_creation", { invoice_creation: { enabled: true } }, "invoice_creation"],
    ["payment_intent_data", { payment_intent_data: { description: "x" } }, "payment_intent_data"],
    ["customer_creation", { customer_creation: "always" }, "customer_creation"],
  ])("with %s is refused", async (_, changes, param) => {
    await expect(open(changes)).rejects.toMatchObject({ statusCode: 400, param });
  });
});

describe("a trial", () => {
  const TRIAL = {
    subscription_data: {
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: "cancel" as const } },
    },
  };

  test("costs nothing at first, is announced to end, and then costs", async () => {
    const { session, id } = await subscribed(TRIAL);
    expect(session).toMatchObject({ amount_total: 0, payment_status: "no_payment_required" });
    expect(await get(id)).toMatchObject({ status: "trialing" });
    expect(await invoices(id)).toMatchObject([{ total: 0, status: "paid" }]);
    expect((await kit.stripe.charges.list()).data).toEqual([]);

    await advance(12);
    expect((await eventTypes()).at(-1)).toBe("customer.subscription.trial_will_end");
    await advance(3);
    expect(await get(id)).toMatchObject({ status: "active" });
    expect((await invoices(id)).at(-1)).toMatchObject({
      total: 9_900,
      status: "paid",
      billing_reason: "subscription_cycle",
    });
    const told = (await eventTypes()).filter((type) => type.endsWith("trial_will_end"));
    expect(told).toHaveLength(1);
  });

  test("may begin without a card, and ends the way that was chosen", async () => {
    const ends = { cancel: "canceled", pause: "paused", create_invoice: "past_due" } as const;
    for (const [behavior, status] of Object.entries(ends)) {
      const session = await open({
        payment_method_collection: "if_required",
        subscription_data: {
          trial_period_days: 14,
          trial_settings: { end_behavior: { missing_payment_method: behavior } },
        },
      });
      const page = await (await fetch(session.url ?? "")).text();
      expect(page).toContain("Start trial");
      expect(page).not.toContain("Card number");
      await submitCard(session.url);
      const { subscription } = await kit.stripe.checkout.sessions.retrieve(session.id);
      await advance(15);
      expect((await get(idOf(subscription) ?? "")).status, behavior).toBe(status);
    }
    expect((await kit.stripe.charges.list()).data).toEqual([]);
  });

  test("that was paused for want of a card goes on with one", async () => {
    const session = await open({
      payment_method_collection: "if_required",
      subscription_data: {
        trial_period_days: 14,
        trial_settings: { end_behavior: { missing_payment_method: "pause" } },
      },
    });
    await submitCard(session.url);
    const done = await kit.stripe.checkout.sessions.retrieve(session.id);
    const id = idOf(done.subscription) ?? "";
    await expect(kit.stripe.subscriptions.resume(id)).rejects.toMatchObject({ statusCode: 400 });
    await advance(40);
    await replaceCard(idOf(done.customer) ?? "", id, "4242424242424242");
    expect(await kit.stripe.subscriptions.resume(id)).toMatchObject({ status: "active" });
    expect((await invoices(id)).map(({ total, status }) => [total, status])).toEqual([
      [0, "paid"],
      [9_900, "paid"],
    ]);
    const told = (await eventTypes()).filter((type) => /paused|resumed/.test(type));
    expect(told).toEqual(["customer.subscription.paused", "customer.subscription.resumed"]);
  });
});

describe("a membership", () => {
  test("renews every month on its day", async () => {
    await kit.admin("clock", { set: "2027-01-31T10:00:00Z" });
    const { id } = await subscribed();
    const ends: string[] = [];
    for (const date of ["2027-02-28", "2027-03-31", "2027-04-30"]) {
      const [item] = (await get(id)).items.data;
      ends.push(new Date((item?.current_period_end ?? 0) * 1000).toISOString());
      await kit.admin("clock", { set: `${date}T10:00:01Z` });
    }
    expect(ends).toEqual([
      "2027-02-28T10:00:00.000Z",
      "2027-03-31T10:00:00.000Z",
      "2027-04-30T10:00:00.000Z",
    ]);
    expect((await invoices(id)).map(({ status }) => status)).toEqual(Array(4).fill("paid"));
    expect((await kit.stripe.charges.list()).data).toHaveLength(4);
  });

  test("catches up on the months that a moved clock skipped", async () => {
    const { id } = await subscribed();
    await advance(95);
    expect(await invoices(id)).toHaveLength(4);
  });

  test("is past due while its card is declined, retried, and ends after the last attempt", async () => {
    const { id } = await subscribed();
    const { customer } = await get(id);
    await replaceCard(idOf(customer) ?? "", id, "4000000000000341");
    await advance(32);
    expect(await get(id)).toMatchObject({ status: "past_due" });
    expect((await invoices(id)).at(-1)).toMatchObject({
      status: "open",
      attempt_count: 1,
      amount_remaining: 9_900,
    });
    expect((await eventTypes()).slice(-2)).toEqual([
      "invoice.payment_failed",
      "customer.subscription.updated",
    ]);
    for (const days of [3, 5, 7]) await advance(days);
    expect(await get(id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "payment_failed" },
    });
    expect((await invoices(id)).at(-1)).toMatchObject({ attempt_count: 4, status: "open" });
  });

  test("is active again when its invoice is paid", async () => {
    const { id } = await subscribed();
    const customer = idOf((await get(id)).customer) ?? "";
    await replaceCard(customer, id, "4000000000000341");
    await advance(32);
    const owed = (await invoices(id)).at(-1)?.id ?? "";
    await expect(kit.stripe.invoices.pay(owed)).rejects.toMatchObject({ code: "card_declined" });
    await replaceCard(customer, id, "4242424242424242");
    expect(await kit.stripe.invoices.pay(owed)).toMatchObject({ status: "paid" });
    expect((await get(id)).status).toBe("active");
    await expect(kit.stripe.invoices.pay(owed)).rejects.toMatchObject({
      statusCode: 400,
      message: "Invoice is already paid",
    });
  });

  test("whose bank wants to hear from the holder asks for action", async () => {
    const { id } = await subscribed();
    const { customer } = await get(id);
    await replaceCard(idOf(customer) ?? "", id, "4000002760003184");
    await advance(32);
    expect(await eventTypes()).toContain("invoice.payment_action_required");
    const owed = (await invoices(id)).at(-1);
    const asked = await submitCard(owed?.hosted_invoice_url ?? "", { number: "4000002760003184" });
    await authenticate(kit, asked, "complete");
    expect(await get(id)).toMatchObject({ status: "active" });
  });

  test("may be paused: nothing is collected, and its days stay", async () => {
    const { id } = await subscribed();
    const [before] = (await get(id)).items.data;
    await kit.stripe.subscriptions.update(id, { pause_collection: { behavior: "void" } });
    await advance(32);
    expect((await invoices(id)).map(({ status }) => status)).toEqual(["paid", "void"]);
    expect((await kit.stripe.charges.list()).data).toHaveLength(1);
    const paused = await get(id);
    expect(paused).toMatchObject({ status: "active", pause_collection: { behavior: "void" } });
    expect(paused.items.data[0]?.current_period_start).toBe(before?.current_period_end);
    await kit.stripe.subscriptions.update(id, { pause_collection: "" });
    await advance(31);
    expect((await invoices(id)).at(-1)).toMatchObject({ status: "paid", total: 9_900 });
  });

  test("may be paused until a day", async () => {
    const { id } = await subscribed();
    await kit.stripe.subscriptions.update(id, {
      pause_collection: {
        behavior: "keep_as_draft",
        resumes_at: Math.floor(Date.now() / 1000) + 40 * DAY,
      },
    });
    await advance(32);
    expect((await invoices(id)).at(-1)?.status).toBe("draft");
    await advance(10);
    expect((await get(id)).pause_collection).toBeNull();
  });

  test("ends with its period when that is asked, unless it is taken back", async () => {
    const { id } = await subscribed();
    const ending = await kit.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect(ending).toMatchObject({
      status: "active",
      cancel_at: ending.items.data[0]?.current_period_end,
      cancellation_details: { reason: "cancellation_requested" },
    });
    await kit.stripe.subscriptions.update(id, { cancel_at_period_end: false });
    await advance(32);
    expect((await get(id)).status).toBe("active");
    await kit.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await advance(32);
    expect((await get(id)).status).toBe("canceled");
    expect((await eventTypes()).at(-1)).toBe("customer.subscription.deleted");
    expect(await invoices(id)).toHaveLength(2);
  });

  test("ends at once when it is deleted", async () => {
    const { id } = await subscribed();
    expect(await kit.stripe.subscriptions.cancel(id)).toMatchObject({ status: "canceled" });
    await expect(kit.stripe.subscriptions.cancel(id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await kit.stripe.subscriptions.list()).data).toEqual([]);
    expect((await kit.stripe.subscriptions.list({ status: "canceled" })).data).toHaveLength(1);
    await advance(32);
    expect(await invoices(id)).toHaveLength(1);
  });

  test("ends with its customer", async () => {
    const { id } = await subscribed();
    const customer = idOf((await get(id)).customer) ?? "";
    expect(await kit.stripe.customers.del(customer)).toMatchObject({ deleted: true });
    expect((await get(id)).status).toBe("canceled");
  });
});

describe("by the API", () => {
  test("a membership begins with a saved card", async () => {
    const { customer, method } = await customerWithCard(kit);
    const subscription = await kit.stripe.subscriptions.create({
      customer,
      items: [{ price: await membershipPrice() }],
      default_payment_method: method,
      expand: ["latest_invoice"],
    });
    expect(subscription).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
  });

  test("or stays incomplete while nothing pays for it", async () => {
    const { id: customer } = await kit.stripe.customers.create({});
    const { id } = await kit.stripe.subscriptions.create({
      customer,
      items: [{ price: await membershipPrice() }],
    });
    expect((await get(id)).status).toBe("incomplete");
    const saved = await kit.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      customer,
      success_url: "http://site.test/saved",
    });
    await submitCard(saved.url);
    const [method] = (await kit.stripe.paymentMethods.list({ customer })).data;
    await kit.stripe.customers.update(customer, {
      invoice_settings: { default_payment_method: method?.id },
    });
    await kit.stripe.invoices.pay((await invoices(id))[0]?.id ?? "");
    expect((await get(id)).status).toBe("active");
  });
});
