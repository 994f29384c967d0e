import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";

const work = { refund_id: "r1", order_id: "o1", payment_intent_id: "pi_1", gross_cents: 7500 };

Deno.test("a refund is asked for under its own key", async () => {
  newWorld();
  plays("POST /v1/refunds", { id: "re_1", object: "refund", status: "pending", amount: 7500 });
  deepEqual((await workOff("stripe.refund", work)).result, {
    id: "re_1",
    status: "pending",
    amount: 7500,
  });

  const [call] = callsTo("/v1/refunds");
  equal(call?.headers.get("idempotency-key"), "refund:r1");
  deepEqual(Object.fromEntries(new URLSearchParams(call?.body)), {
    payment_intent: "pi_1",
    amount: "7500",
    reason: "requested_by_customer",
    "metadata[refund_id]": "r1",
    "metadata[order_id]": "o1",
  });
});

/** What an admin gave back in Stripe's dashboard, of a payment of $100. */
function dashboardGaveBack(amount: number, state = "succeeded") {
  plays("GET /v1/payment_intents/pi_1", {
    id: "pi_1",
    object: "payment_intent",
    amount_received: 10000,
  });
  plays("GET /v1/refunds", {
    object: "list",
    data: [{ id: "re_theirs", object: "refund", status: state, amount, metadata: {} }],
  });
}

Deno.test("of what was given back elsewhere meanwhile, only the rest is asked for", async () => {
  newWorld();
  plays("POST /v1/refunds", status(400, stripeError("")), {
    id: "re_1",
    object: "refund",
    status: "succeeded",
    amount: 4000,
  });
  dashboardGaveBack(6000);
  const { result } = await workOff("stripe.refund", work);
  deepEqual(result, {
    id: "re_1",
    status: "succeeded",
    amount: 4000,
    others: [
      {
        id: "re_theirs",
        status: "succeeded",
        amount: 6000,
        payment_intent: "pi_1",
        metadata: {},
      },
    ],
  });
  const calls = callsTo("/v1/refunds").filter(({ method }) => method === "POST");
  deepEqual(
    calls.map(({ headers, body }) => [
      headers.get("idempotency-key"),
      new URLSearchParams(body).get("amount"),
    ]),
    [
      ["refund:r1", "7500"],
      ["refund:r1:4000", "4000"],
    ],
  );
});

Deno.test("when all was given back elsewhere, ours has failed and theirs is told", async () => {
  newWorld();
  plays("POST /v1/refunds", status(400, stripeError("charge_already_refunded")));
  dashboardGaveBack(10000);
  const { result } = await workOff("stripe.refund", work);
  const { id, others, status: state } = result as { id: null; others: object[]; status: string };
  deepEqual([id, state, others.length], [null, "failed", 1]);
});

Deno.test("what failed elsewhere was not given back, and explains nothing", async () => {
  newWorld();
  plays("POST /v1/refunds", status(400, stripeError("")));
  dashboardGaveBack(10000, "failed");
  equal((await workOff("stripe.refund", work)).failure?.is_permanent, true);
});

Deno.test("after a failed call a refund is looked for, and not made again", async () => {
  newWorld();
  plays("GET /v1/refunds", {
    object: "list",
    data: [
      { id: "re_other", object: "refund", status: "succeeded", amount: 1, metadata: {} },
      {
        id: "re_1",
        object: "refund",
        status: "pending",
        amount: 7500,
        metadata: { refund_id: "r1" },
      },
    ],
  });
  const { result } = await workOff("stripe.refund", work, 2);
  deepEqual(result, { id: "re_1", status: "pending", amount: 7500 });
  deepEqual(vendorCalls(), [
    "GET /v1/refunds?payment_intent=pi_1&limit=100&expand[0]=data.balance_transaction",
  ]);
});

Deno.test("and made when there is none", async () => {
  newWorld();
  plays("GET /v1/refunds", { object: "list", data: [] });
  plays("POST /v1/refunds", { id: "re_1", object: "refund", status: "pending", amount: 7500 });
  const { result } = await workOff("stripe.refund", work, 2);
  deepEqual(result, { id: "re_1", status: "pending", amount: 7500 });
});

function stripeError(code: string, type = "invalid_request_error") {
  return { error: { type, code, message: "Stripe says no." } };
}

const FAILURES = [
  {
    stripe: "that the payment is not there",
    answer: status(404, stripeError("resource_missing")),
    permanent: true,
  },
  {
    stripe: "404 with a body that is no error",
    answer: status(404, { object: "refund", id: "re_1" }),
    permanent: false,
  },
  { stripe: "with an empty object", answer: status(200, {}), permanent: false },
  {
    stripe: "that the key is wrong",
    answer: status(401, stripeError("", "authentication_error")),
    permanent: false,
  },
  { stripe: "trouble", answer: status(500, stripeError("", "api_error")), permanent: false },
];
for (const { stripe, answer, permanent } of FAILURES) {
  Deno.test(`Stripe answers ${stripe}: ${permanent ? "given up" : "tried again"}`, async () => {
    newWorld();
    plays("POST /v1/refunds", answer);
    const { result, failure } = await workOff("stripe.refund", work);
    equal(result, undefined);
    equal(failure?.is_permanent, permanent);
    match(failure?.error ?? "", /^stripe \d+/);
    const keys = callsTo("/v1/refunds").map((call) => call.headers.get("idempotency-key"));
    deepEqual(new Set(keys), new Set(["refund:r1"]));
  });
}

Deno.test("a refund of what a bank has taken waits until that has decided", async () => {
  newWorld();
  plays("POST /v1/refunds", status(400, stripeError("charge_disputed")));
  deepEqual((await workOff("stripe.refund", work)).result, { id: null, status: "disputed" });
  deepEqual(vendorCalls(), ["POST /v1/refunds"]);
});

const EXPIRE = "POST /v1/checkout/sessions/cs_1/expire";
const RETRIEVE = "GET /v1/checkout/sessions/cs_1";
const page = {
  id: "cs_1",
  object: "checkout.session",
  status: "expired",
  payment_status: "unpaid",
  payment_intent: null,
  amount_total: 15000,
  currency: "usd",
  metadata: { order_id: "o1" },
};
const closing = { order_id: "o1", checkout_session_id: "cs_1" };

Deno.test("a payment page is closed", async () => {
  newWorld();
  plays(RETRIEVE, { ...page, status: "open" });
  plays(EXPIRE, page);
  const { result } = await workOff("stripe.expire_checkout", closing);
  deepEqual(result, {
    id: "cs_1",
    payment_status: "unpaid",
    payment_intent: null,
    amount_total: 15000,
    tax_cents: 0,
    currency: "usd",
    is_over: true,
  });
  deepEqual(vendorCalls(), [RETRIEVE, EXPIRE]);
});

Deno.test("of one that cannot be closed, what became of it is recorded", async () => {
  newWorld();
  const paid = { ...page, status: "complete", payment_status: "paid", payment_intent: "pi_1" };
  plays(RETRIEVE, { ...page, status: "open" }, paid); // Paid in this moment.
  plays(EXPIRE, status(400, stripeError("")));
  const { result } = await workOff("stripe.expire_checkout", closing);
  deepEqual(result, {
    id: "cs_1",
    payment_status: "paid",
    payment_intent: "pi_1",
    amount_total: 15000,
    tax_cents: 0,
    currency: "usd",
    is_over: false,
  });
});

Deno.test("while Stripe cannot be asked, closing is tried again", async () => {
  newWorld();
  plays(RETRIEVE, { ...page, status: "open" });
  plays(EXPIRE, status(503, stripeError("", "api_error")));
  equal((await workOff("stripe.expire_checkout", closing)).failure?.is_permanent, false);

  newWorld();
  plays(RETRIEVE, status(503, stripeError("", "api_error")));
  equal((await workOff("stripe.expire_checkout", closing)).failure?.is_permanent, false);
});

Deno.test("a page of another order is not closed, and nothing is said of it", async () => {
  for (const metadata of [{ order_id: "o2" }, {}, null]) {
    newWorld();
    plays(RETRIEVE, { ...page, status: "complete", payment_status: "paid", metadata });
    const { result, failure } = await workOff("stripe.expire_checkout", closing);
    equal(result, undefined);
    equal(failure?.is_permanent, true);
    match(failure?.error ?? "", /not of order o1/);
    deepEqual(vendorCalls(), [RETRIEVE]);
  }
});

const held = { payment_id: "p1", payment_intent_id: "pi_1", gross_cents: 15000 };
const intent = {
  id: "pi_1",
  object: "payment_intent",
  amount_capturable: 0,
  amount_received: 15000,
  currency: "usd",
  latest_charge: "ch_1",
  metadata: {},
};
const recorded = { ...intent, object: undefined, metadata: undefined, tax_cents: 0 };

const charge = {
  id: "ch_1",
  object: "charge",
  receipt_url: "https://stripe.test/r",
  amount_captured: 15000,
  balance_transaction: { id: "txn_1", object: "balance_transaction", amount: 15000, fee: 465 },
};
const invoice = {
  id: "in_1",
  object: "invoice",
  number: "W-1",
  hosted_invoice_url: "https://stripe.test/i",
  invoice_pdf: "https://stripe.test/i.pdf",
};

/** Stripe says what it has of a charge, and of its invoice. */
function playsCharge(latest_charge: unknown, invoices: object[]): void {
  newWorld();
  plays("GET /v1/payment_intents/pi_1", { ...intent, latest_charge });
  plays("GET /v1/invoice_payments", {
    object: "list",
    data: invoices.map((each) => ({ object: "invoice_payment", invoice: each })),
  });
}

Deno.test("of a charge, fee, receipt and invoice are recorded", async () => {
  playsCharge(charge, [invoice]);
  const work = { payment_intent_id: "pi_1" };
  const read = { charge_id: "ch_1", fee_cents: 465, receipt_url: "https://stripe.test/r" };
  const { number, hosted_invoice_url, invoice_pdf } = invoice;
  deepEqual((await workOff("stripe.read_charge", work)).result, {
    ...read,
    invoice: { number, hosted_invoice_url, invoice_pdf },
  });

  playsCharge(charge, []);
  deepEqual((await workOff("stripe.read_charge", work)).result, { ...read, invoice: null });
});

for (const missing of [null, { ...charge, balance_transaction: null }]) {
  Deno.test(`a charge that is ${missing ? "not booked" : "not there"} is read later`, async () => {
    playsCharge(missing, []);
    const { failure } = await workOff("stripe.read_charge", { payment_intent_id: "pi_1" });
    equal(failure?.is_permanent, false);
    match(failure?.error ?? "", /not booked/);
  });
}

/** What takes back what was not captured of a charge: Stripe books all that was held at first. */
const reversal = {
  id: "re_rest",
  object: "refund",
  charge: "ch_1",
  amount: 5000,
  status: "succeeded",
  metadata: {},
  balance_transaction: {
    id: "txn_2",
    object: "balance_transaction",
    amount: -5000,
    fee: -145,
    reporting_category: "partial_capture_reversal",
  },
};
const givenBack = {
  ...reversal,
  id: "re_theirs",
  balance_transaction: { ...reversal.balance_transaction, reporting_category: "refund" },
};

Deno.test("of a charge that was captured in part, the fee is that of the part", async () => {
  playsCharge({ ...charge, amount_captured: 10000 }, []);
  plays("GET /v1/refunds", { object: "list", data: [givenBack, reversal] });
  const { result } = await workOff("stripe.read_charge", { payment_intent_id: "pi_1" });
  equal((result as { fee_cents: number }).fee_cents, 320);
});

Deno.test("it is read later while what was not captured is not taken back yet", async () => {
  playsCharge({ ...charge, amount_captured: 10000 }, []);
  plays("GET /v1/refunds", { object: "list", data: [givenBack] });
  const { failure } = await workOff("stripe.read_charge", { payment_intent_id: "pi_1" });
  equal(failure?.is_permanent, false);
  match(failure?.error ?? "", /not captured of pi_1 is not booked/);
});

Deno.test("what was not captured was not given back, and explains no refusal", async () => {
  newWorld();
  plays("POST /v1/refunds", status(400, stripeError("")));
  plays("GET /v1/payment_intents/pi_1", {
    id: "pi_1",
    object: "payment_intent",
    amount_received: 10000,
  });
  plays("GET /v1/refunds", { object: "list", data: [reversal] });
  equal((await workOff("stripe.refund", work)).failure?.is_permanent, true);
});

const SETTLING = [
  { topic: "stripe.capture", path: "/v1/payment_intents/pi_1/capture", becomes: "succeeded" },
  { topic: "stripe.cancel_payment", path: "/v1/payment_intents/pi_1/cancel", becomes: "canceled" },
];
Deno.test("the tax of what is captured is what its payment page says", async () => {
  newWorld();
  const taxed = { ...intent, status: "succeeded", metadata: { automatic_tax: "true" } };
  plays("POST /v1/payment_intents/pi_1/capture", taxed);
  plays("GET /v1/checkout/sessions", {
    object: "list",
    data: [{ id: "cs_1", object: "checkout.session", total_details: { amount_tax: 1143 } }],
  });
  const { result } = await workOff("stripe.capture", held);
  deepEqual(result, { ...recorded, status: "succeeded", tax_cents: 1143 });
  match(callsTo("/v1/checkout/sessions")[0]?.path ?? "", /payment_intent=pi_1/);
});

Deno.test("the tax of a card that is charged is what it was reckoned to be", async () => {
  newWorld();
  const hooks = { inputs: { tax: { calculation: "taxcalc_1" } } };
  const taxed = { ...intent, status: "succeeded", metadata: { automatic_tax: "true" }, hooks };
  plays("GET /v1/payment_intents/pi_1", taxed);
  plays("GET /v1/tax/calculations/taxcalc_1", {
    object: "tax.calculation",
    id: "taxcalc_1",
    tax_amount_exclusive: 1143,
  });
  const { result } = await workOff("stripe.read_payment", held);
  deepEqual(result, { ...recorded, status: "succeeded", tax_cents: 1143 });
});

for (const { topic, path, becomes } of SETTLING) {
  Deno.test(`${topic} asks once, under its own key, and records what it is then`, async () => {
    newWorld();
    plays(`POST ${path}`, { ...intent, status: becomes });
    deepEqual((await workOff(topic, held)).result, { ...recorded, status: becomes });
    deepEqual(vendorCalls(), [`POST ${path}`]);
    match(callsTo(path)[0]?.headers.get("idempotency-key") ?? "", /^(capture|cancel_payment):p1$/);
  });

  for (const status_ of ["succeeded", "canceled"]) {
    Deno.test(`${topic} of what is ${status_} by now records that`, async () => {
      newWorld();
      plays(`POST ${path}`, status(400, stripeError("payment_intent_unexpected_state")));
      plays("GET /v1/payment_intents/pi_1", { ...intent, status: status_ });
      deepEqual((await workOff(topic, held)).result, { ...recorded, status: status_ });
    });
  }

  Deno.test(`${topic} is given up only when Stripe refuses money that is still held`, async () => {
    newWorld();
    plays(`POST ${path}`, status(400, stripeError("")));
    plays("GET /v1/payment_intents/pi_1", { ...intent, status: "requires_capture" });
    equal((await workOff(topic, held)).failure?.is_permanent, true);

    newWorld();
    plays(`POST ${path}`, status(503, stripeError("", "api_error")));
    equal((await workOff(topic, held)).failure?.is_permanent, false);
  });
}

Deno.test(
  "of a closed page whose money the bank holds, the payment intent is recorded",
  async () => {
    newWorld();
    plays(RETRIEVE, { ...page, status: "complete", payment_intent: "pi_1" });
    plays("GET /v1/payment_intents/pi_1", { ...intent, status: "requires_capture" });
    const { result } = await workOff("stripe.expire_checkout", closing);
    deepEqual((result as { intent: unknown }).intent, { ...recorded, status: "requires_capture" });
  },
);

for (const [status_, isOver] of [
  ["processing", false],
  ["requires_payment_method", true],
  ["canceled", true],
] as const) {
  Deno.test(`a page whose payment is ${status_} is ${isOver ? "" : "not "}over`, async () => {
    newWorld();
    plays(RETRIEVE, { ...page, status: "complete", payment_intent: "pi_1" });
    plays("GET /v1/payment_intents/pi_1", { ...intent, status: status_ });
    const { result } = await workOff("stripe.expire_checkout", closing);
    equal((result as { is_over: boolean }).is_over, isOver);
  });
}

const membership = {
  membership_id: "m1",
  subscription_id: "sub_1",
  checkout_session_id: null,
  item_id: "si_1",
  intent: null,
  number: 3,
  price_id: null,
};

function playsSubscription(): void {
  plays("GET /v1/invoices", { object: "list", data: [] });
  plays("GET /v1/subscriptions/sub_1", {
    id: "sub_1",
    object: "subscription",
    metadata: {},
    status: "active",
    pause_collection: null,
    cancel_at_period_end: false,
    latest_invoice: null,
    items: { data: [] },
  });
}

const DECISIONS = [
  { intent: "pause", asks: { "pause_collection[behavior]": "void" } },
  { intent: "resume", asks: { pause_collection: "" } },
  { intent: "cancel", asks: { cancel_at_period_end: "true" } },
  { intent: "keep", asks: { cancel_at_period_end: "false" } },
  {
    intent: "change_plan",
    asks: {
      "items[0][id]": "si_1",
      "items[0][price]": "price_2",
      proration_behavior: "none",
    },
  },
];
for (const { intent, asks } of DECISIONS) {
  Deno.test(`stripe.read_subscription first does what was decided: ${intent}`, async () => {
    newWorld();
    playsSubscription();
    plays("POST /v1/subscriptions/sub_1", { id: "sub_1", object: "subscription" });
    const price_id = intent === "change_plan" ? "price_2" : null;
    const { result } = await workOff("stripe.read_subscription", {
      ...membership,
      intent,
      price_id,
    });

    const [call] = callsTo("/v1/subscriptions/sub_1").filter(({ method }) => method === "POST");
    equal(call?.headers.get("idempotency-key"), "membership:m1:3");
    deepEqual(Object.fromEntries(new URLSearchParams(call?.body)), asks);
    equal((result as { subscription: { id: string } }).subscription.id, "sub_1");
  });
}

Deno.test("stripe.read_subscription reads what Stripe refuses to change", async () => {
  newWorld();
  playsSubscription();
  plays("POST /v1/subscriptions/sub_1", status(400, stripeError("resource_missing")));
  const { result } = await workOff("stripe.read_subscription", { ...membership, intent: "pause" });
  equal((result as { subscription: { id: string } }).subscription.id, "sub_1");
});

Deno.test("stripe.read_subscription is tried again when Stripe is in trouble", async () => {
  newWorld();
  playsSubscription();
  plays("POST /v1/subscriptions/sub_1", status(500, stripeError("", "api_error")));
  const { failure } = await workOff("stripe.read_subscription", { ...membership, intent: "pause" });
  equal(failure?.is_permanent, false);
});

Deno.test("stripe.read_subscription finds out what became of a payment page", async () => {
  newWorld();
  playsSubscription();
  const work = { ...membership, subscription_id: null, checkout_session_id: "cs_1" };
  plays("GET /v1/checkout/sessions/cs_1", { object: "checkout.session", subscription: "sub_1" });
  const paid = await workOff("stripe.read_subscription", work);
  equal((paid.result as { subscription: { id: string } }).subscription.id, "sub_1");

  newWorld();
  plays("GET /v1/checkout/sessions/cs_1", { object: "checkout.session", subscription: null });
  deepEqual((await workOff("stripe.read_subscription", work)).result, {});
});

Deno.test("stripe.end_subscription ends it, once", async () => {
  for (const [status_, ends] of [
    ["active", 1],
    ["canceled", 0],
  ] as const) {
    newWorld();
    plays("GET /v1/subscriptions/sub_1", { object: "subscription", status: status_ });
    plays("DELETE /v1/subscriptions/sub_1", { object: "subscription", status: "canceled" });
    deepEqual((await workOff("stripe.end_subscription", { subscription_id: "sub_1" })).result, {});
    equal(
      callsTo("/v1/subscriptions/sub_1").filter(({ method }) => method === "DELETE").length,
      ends,
    );
  }
});
