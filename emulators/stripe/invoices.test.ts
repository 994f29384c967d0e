import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { idOf } from "./api/id-of.ts";
import { paidCheckout, startKit, submitCard, type Kit } from "./test-kit.ts";

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

/** A membership of a customer, and what is known of it. */
async function member() {
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
  const done = await kit.stripe.checkout.sessions.retrieve(session.id);
  return {
    customer: idOf(done.customer) ?? "",
    subscription: idOf(done.subscription) ?? "",
    invoice: idOf(done.invoice) ?? "",
  };
}

function post(url: string, fields: Record<string, string>) {
  return fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
}

describe("an invoice", () => {
  test("has a page and a PDF", async () => {
    const invoice = await kit.stripe.invoices.retrieve((await member()).invoice);
    expect(invoice.number).toMatch(/^[A-Z0-9]{8}-0001$/);
    const page = await (await fetch(invoice.hosted_invoice_url ?? "")).text();
    expect(page).toContain(invoice.number ?? "");
    expect(page).toContain("Amount paid");
    expect(page).toContain("1 × Membership");
    expect(page).not.toContain("<form");

    const pdf = await fetch(invoice.invoice_pdf ?? "");
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    const text = await pdf.text();
    expect(text.startsWith("%PDF-1.4")).toBe(true);
    expect(text).toContain("(Total: $99.00)");
    expect(Number(/startxref\n(\d+)/.exec(text)?.[1])).toBe(text.indexOf("xref\n0 6"));
  });

  test("that is owed can be paid on its page", async () => {
    const { subscription, customer } = await member();
    await kit.stripe.subscriptions.update(subscription, { metadata: { note: "x" } });
    const [card] = (await kit.stripe.paymentMethods.list({ customer })).data;
    await kit.stripe.paymentMethods.detach(card?.id ?? "");
    await kit.admin("clock", { advanceSeconds: 32 * DAY });
    const [owed] = (await kit.stripe.invoices.list({ subscription, status: "open" })).data;
    const url = owed?.hosted_invoice_url ?? "";
    const declined = await submitCard(url, { number: "4000000000000002" });
    expect(declined.status).toBe(402);
    expect(await declined.text()).toContain("Your card was declined.");
    expect((await submitCard(url, { number: "4242" })).status).toBe(400);
    expect((await submitCard(url)).status).toBe(303);
    expect(await kit.stripe.invoices.retrieve(owed?.id ?? "")).toMatchObject({
      status: "paid",
      amount_remaining: 0,
    });
    await submitCard(url);
    expect((await kit.stripe.charges.list()).data.filter(({ paid }) => paid)).toHaveLength(2);
  });

  test("can be voided or given up, once", async () => {
    const { subscription } = await member();
    await kit.stripe.subscriptions.update(subscription, {
      pause_collection: { behavior: "keep_as_draft" },
    });
    await kit.admin("clock", { advanceSeconds: 32 * DAY });
    const [draft] = (await kit.stripe.invoices.list({ subscription, status: "draft" })).data;
    const id = draft?.id ?? "";
    expect((await kit.stripe.invoices.markUncollectible(id)).status).toBe("uncollectible");
    await expect(kit.stripe.invoices.voidInvoice(id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(kit.stripe.invoices.pay(id)).rejects.toMatchObject({ statusCode: 400 });
  });

  test("is made of a payment when its checkout asks for one", async () => {
    const { session, intent } = await paidCheckout(
      kit.stripe,
      {},
      {
        invoice_creation: {
          enabled: true,
          invoice_data: { metadata: { order_id: "o-1" }, description: "A session" },
        },
      },
    );
    const invoice = await kit.stripe.invoices.retrieve(idOf(session.invoice) ?? "", {
      expand: ["payments"],
    });
    expect(invoice).toMatchObject({
      status: "paid",
      amount_paid: 15_000,
      parent: null,
      metadata: { order_id: "o-1" },
      description: "A session",
      customer: session.customer,
      payments: { data: [{ payment: { payment_intent: intent.id } }] },
    });
    const { data } = await kit.stripe.events.list({ type: "invoice.*" });
    expect(data.map(({ type }) => type).reverse()).toEqual([
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
    ]);
    const found = await kit.stripe.invoicePayments.list({
      payment: { type: "payment_intent", payment_intent: intent.id },
    });
    expect(found.data.map((each) => each.invoice)).toEqual([invoice.id]);
  });

  test("of a request is made when it is captured", async () => {
    const { session, intent } = await paidCheckout(
      kit.stripe,
      {},
      { invoice_creation: { enabled: true }, payment_intent_data: { capture_method: "manual" } },
    );
    expect(session.invoice).toBeNull();
    await kit.stripe.paymentIntents.capture(intent.id);
    const paid = await kit.stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice"] });
    expect(paid.invoice).toMatchObject({ status: "paid" });
  });
});

describe("the billing portal", () => {
  async function portal(
    customer: string,
    changes: Partial<Stripe.BillingPortal.SessionCreateParams> = {},
  ) {
    return kit.stripe.billingPortal.sessions.create({
      customer,
      return_url: "http://site.test/billing",
      ...changes,
    });
  }

  test("ends a membership with its period, and takes that back", async () => {
    const { customer, subscription } = await member();
    const { url } = await portal(customer);
    const page = await (await fetch(url)).text();
    expect(page).toContain("$99.00 every");
    expect(page).toContain("visa ending in 4242");
    expect(page).toContain('href="http://site.test/billing"');
    expect(page).not.toContain("<script");

    await post(`${url}/subscription`, { subscription, step: "cancel" });
    expect(await kit.stripe.subscriptions.retrieve(subscription)).toMatchObject({
      cancel_at_period_end: true,
      cancellation_details: { reason: "cancellation_requested" },
    });
    expect(await (await fetch(url)).text()).toContain("It ends on");
    await post(`${url}/subscription`, { subscription, step: "renew" });
    expect((await kit.stripe.subscriptions.retrieve(subscription)).cancel_at).toBeNull();
  });

  test("changes the card that pays, and leads back", async () => {
    const { customer, subscription } = await member();
    const { url } = await portal(customer, {
      flow_data: {
        type: "payment_method_update",
        after_completion: { type: "redirect", redirect: { return_url: "http://site.test/done" } },
      },
    });
    const card = { number: "5555555555554444", expiry: "12/34", cvc: "123", name: "Ben Buyer" };
    expect((await post(`${url}/card`, { ...card, number: "1" })).status).toBe(400);
    expect((await post(`${url}/card`, { ...card, number: "4000000000000002" })).status).toBe(402);
    const answer = await post(`${url}/card`, card);
    expect(answer.headers.get("location")).toBe("http://site.test/done");
    expect(
      await kit.stripe.subscriptions.retrieve(subscription, { expand: ["default_payment_method"] }),
    ).toMatchObject({ default_payment_method: { card: { last4: "4444" } } });
  });

  test("is its customer's only, for an hour", async () => {
    const mine = await member();
    const other = await member();
    const { url } = await portal(mine.customer);
    const answer = await post(`${url}/subscription`, {
      subscription: other.subscription,
      step: "cancel",
    });
    expect(answer.status).toBe(404);
    expect((await kit.stripe.subscriptions.retrieve(other.subscription)).cancel_at).toBeNull();
    await kit.admin("clock", { advanceSeconds: 60 * 60 });
    expect((await fetch(url)).status).toBe(404);
  });

  test("needs a customer, and an address to lead back to", async () => {
    await expect(portal("cus_x")).rejects.toMatchObject({ param: "customer" });
    const { id } = await kit.stripe.customers.create({});
    await expect(portal(id, { return_url: "javascript:x" })).rejects.toMatchObject({
      code: "url_invalid",
    });
  });
});
