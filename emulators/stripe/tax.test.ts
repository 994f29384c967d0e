import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { idOf } from "./api/id-of.ts";
import { checkoutParams, customerWithCard, startKit, submitCard, type Kit } from "./test-kit.ts";
import { membershipSteps } from "./test-memberships.ts";

let kit: Kit;
const { advance, get, invoices } = membershipSteps(() => kit);

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

const TAXED = {
  automatic_tax: { enabled: true },
  customer_update: { address: "auto" },
} satisfies Partial<Stripe.Checkout.SessionCreateParams>;

/** Two of something at 33.35 dollars. */
function items(tax_behavior?: "exclusive") {
  const price = { currency: "usd", unit_amount: 3_335, ...(tax_behavior && { tax_behavior }) };
  return [{ quantity: 2, price_data: { ...price, product_data: { name: "Hour" } } }];
}

async function open(changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  const { id: customer } = await kit.stripe.customers.create({});
  const line_items = items("exclusive");
  return kit.stripe.checkout.sessions.create(
    checkoutParams({ customer, line_items, ...TAXED, ...changes }),
  );
}

test("a checkout takes price and tax, by the state that is typed", async () => {
  const session = await open({ invoice_creation: { enabled: true } });
  expect(session).toMatchObject({
    amount_total: 6_670,
    automatic_tax: { enabled: true, status: "requires_location_inputs" },
    total_details: { amount_tax: 0 },
  });
  expect(await (await fetch(session.url ?? "")).text()).toContain("State");

  expect((await submitCard(session.url, { state: "Texas" })).status).toBe(400);
  expect(
    (await submitCard(session.url, { number: "4000 0000 0000 0002", state: "WA" })).status,
  ).toBe(402);
  expect((await submitCard(session.url, { state: "TX" })).status).toBe(303);

  const paid = await kit.stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent", "invoice", "line_items", "customer"],
  });
  expect(paid).toMatchObject({
    amount_subtotal: 6_670,
    amount_total: 7_220,
    automatic_tax: { enabled: true, status: "complete" },
    total_details: { amount_tax: 550 },
    customer: { address: { country: "US", state: "TX" } },
    customer_details: { address: { state: "TX" } },
    payment_intent: { amount: 7_220, amount_received: 7_220 },
    line_items: { data: [{ amount_subtotal: 6_670, amount_tax: 550, amount_total: 7_220 }] },
    invoice: {
      subtotal: 6_670,
      total: 7_220,
      total_excluding_tax: 6_670,
      total_taxes: [{ amount: 550, tax_behavior: "exclusive", taxable_amount: 6_670 }],
      amount_paid: 7_220,
    },
  });
});

test("most states take nothing", async () => {
  const session = await open();
  await submitCard(session.url, { state: "CA" });
  const paid = await kit.stripe.checkout.sessions.retrieve(session.id);
  expect(paid).toMatchObject({ amount_total: 6_670, total_details: { amount_tax: 0 } });
});

test("tax needs an address, and prices that say whether they include it", async () => {
  await expect(open({ customer_update: {} })).rejects.toMatchObject({
    code: "customer_tax_location_invalid",
  });
  await expect(open({ line_items: items() })).rejects.toMatchObject({ param: "line_items" });
});

test("each invoice of a membership is taxed where its customer lives", async () => {
  const { id: customer } = await kit.stripe.customers.create({});
  const price = await kit.stripe.prices.create({
    product_data: { name: "Membership" },
    currency: "usd",
    unit_amount: 9_900,
    recurring: { interval: "month" },
    tax_behavior: "exclusive",
  });
  const session = await kit.stripe.checkout.sessions.create({
    mode: "subscription",
    customer,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: "http://site.test/member",
    ...TAXED,
  });
  await submitCard(session.url, { state: "WA" });
  const { subscription } = await kit.stripe.checkout.sessions.retrieve(session.id);
  const id = idOf(subscription) ?? "";
  expect(await get(id)).toMatchObject({ automatic_tax: { enabled: true } });

  await kit.stripe.customers.update(customer, { address: { country: "US", state: "TX" } });
  await advance(32);
  expect(await invoices(id)).toMatchObject([
    { amount_paid: 10_900, total: 10_900, total_taxes: [{ amount: 1_000 }] },
    { amount_paid: 10_717, total: 10_717, total_taxes: [{ amount: 817 }] },
  ]);
});

test("tax is reckoned before a saved card is charged, and named by the payment", async () => {
  const { customer, method } = await customerWithCard(kit);
  const reckon = () =>
    kit.stripe.tax.calculations.create({
      currency: "usd",
      customer,
      line_items: [{ amount: 5_000, reference: "order-1", tax_behavior: "exclusive" }],
    });
  await expect(reckon()).rejects.toMatchObject({ code: "customer_tax_location_invalid" });

  await kit.stripe.customers.update(customer, { address: { country: "US", state: "TX" } });
  const made = await reckon();
  expect(made).toMatchObject({ amount_total: 5_413, tax_amount_exclusive: 413 });
  const intent = await kit.stripe.paymentIntents.create({
    amount: made.amount_total,
    currency: "usd",
    customer,
    payment_method: method,
    off_session: true,
    confirm: true,
    hooks: { inputs: { tax: { calculation: made.id ?? "" } } },
  });
  expect(intent).toMatchObject({ status: "succeeded", amount_received: 5_413 });
  const calculation = intent.hooks?.inputs?.tax?.calculation ?? "";
  expect(await kit.stripe.tax.calculations.retrieve(calculation)).toMatchObject({
    tax_amount_exclusive: 413,
  });
  await expect(
    kit.stripe.paymentIntents.create({
      amount: 5_413,
      currency: "usd",
      hooks: { inputs: { tax: { calculation: "taxcalc_none" } } },
    }),
  ).rejects.toMatchObject({ code: "resource_missing" });
});
