import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";

const work = {
  order_id: "o2",
  attempt: 1,
  is_to_charge: true,
  amount_cents: 16000,
  automatic_tax: false,
  currency: "usd",
  description: "Six hours",
  payment_intent_id: "pi_1",
  subscription_id: null,
  checkout_session_id: null,
};
const intent = {
  object: "payment_intent",
  id: "pi_2",
  amount: 16000,
  status: "succeeded",
  amount_capturable: 0,
  amount_received: 16000,
  currency: "usd",
  latest_charge: "ch_2",
  metadata: { order_id: "o2", attempt: "1" },
};
const tried = { id: "pi_2", amount: 16000, tax_cents: 0, currency: "usd" };
const recorded = {
  id: "pi_2",
  status: "succeeded",
  amount_capturable: 0,
  amount_received: 16000,
  tax_cents: 0,
  currency: "usd",
  latest_charge: "ch_2",
};

const FIND = "GET /v1/payment_intents?customer=cus_1&limit=100";

/** Stripe knows charges of before. */
function playsCharges(...data: object[]): void {
  plays("GET /v1/payment_intents", { object: "list", data });
}

/** The same, more than one page of them. */
function playsPages(...pages: object[][]): void {
  const answers = pages.map((data, index) => ({
    object: "list",
    data,
    has_more: index < pages.length - 1,
  }));
  plays("GET /v1/payment_intents", ...answers);
}

/** Stripe knows the card of the first payment, and answers when it is charged. */
function playsCharge(answer: Parameters<typeof plays>[1], chosen?: string): void {
  newWorld();
  playsCharges();
  plays("GET /v1/payment_intents/pi_1", {
    object: "payment_intent",
    id: "pi_1",
    customer: {
      id: "cus_1",
      object: "customer",
      invoice_settings: { default_payment_method: chosen ?? null },
    },
    payment_method: "pm_1",
  });
  plays("POST /v1/payment_intents", answer);
}

const fee = {
  ...work,
  description: "No-show fee: Steady",
  payment_intent_id: null,
  subscription_id: "sub_1",
};

/** Stripe knows the subscription of a membership, and by which card it renews. */
function playsSubscription(ofSubscription: string | null, ofCustomer: string | null): void {
  newWorld();
  playsCharges();
  plays("GET /v1/subscriptions/sub_1", {
    object: "subscription",
    id: "sub_1",
    customer: {
      id: "cus_1",
      object: "customer",
      invoice_settings: { default_payment_method: ofCustomer },
    },
    default_payment_method: ofSubscription,
  });
}

/** The calls that charge a card. */
function charges() {
  return callsTo("/v1/payment_intents").filter(({ method }) => method === "POST");
}

function declines(code: string, decline_code?: string, http = 402, tried: object = intent) {
  return status(http, {
    error: {
      type: http === 402 ? "card_error" : "invalid_request_error",
      code,
      decline_code,
      message: "No.",
      payment_intent: { ...tried, status: "requires_payment_method" },
    },
  });
}

Deno.test(
  "the saved card is charged without its client, under the key of the attempt",
  async () => {
    playsCharge(intent);
    deepEqual((await workOff("stripe.charge_card", work)).result, recorded);
    const [call] = charges();
    equal(call?.headers.get("idempotency-key"), "charge:o2:1");
    deepEqual(Object.fromEntries(new URLSearchParams(call?.body)), {
      amount: "16000",
      currency: "usd",
      customer: "cus_1",
      payment_method: "pm_1",
      off_session: "true",
      confirm: "true",
      description: "Six hours",
      transfer_group: "order_o2",
      "metadata[order_id]": "o2",
      "metadata[attempt]": "1",
    });
  },
);

Deno.test("a card that was chosen since is charged instead", async () => {
  playsCharge(intent, "pm_2");
  await workOff("stripe.charge_card", work);
  const [call] = charges();
  equal(new URLSearchParams(call?.body).get("payment_method"), "pm_2");
});

for (const [code, declineCode, http] of [
  ["card_declined", "insufficient_funds", 402],
  ["authentication_required", "authentication_required", 402],
  ["resource_missing", undefined, 400],
] as const) {
  Deno.test(`${code} is an answer, not a failure`, async () => {
    playsCharge(declines(code, declineCode, http));
    const { result, failure } = await workOff("stripe.charge_card", work);
    deepEqual(result, { ...tried, error: { code, decline_code: declineCode } });
    equal(failure, undefined);
  });
}

Deno.test("trouble at Stripe's is tried again, under the same key", async () => {
  playsCharge(status(503, { error: { type: "api_error", message: "Down." } }));
  const { result, failure } = await workOff("stripe.charge_card", work);
  deepEqual([result, failure?.is_permanent], [undefined, false]);
});

Deno.test("tax is reckoned first, and charged with the price", async () => {
  const metadata = { order_id: "o2", attempt: "1", automatic_tax: "true" };
  const hooks = { inputs: { tax: { calculation: "taxcalc_1" } } };
  playsCharge({ ...intent, amount_received: 17_320, metadata, hooks });
  const reckoned = { amount_total: 17_320, tax_amount_exclusive: 1_320 };
  const calculation = { object: "tax.calculation", id: "taxcalc_1", ...reckoned };
  plays("POST /v1/tax/calculations", calculation);
  plays("GET /v1/tax/calculations/taxcalc_1", calculation);
  const { result } = await workOff("stripe.charge_card", { ...work, automatic_tax: true });

  deepEqual(result, { ...recorded, amount_received: 17_320, tax_cents: 1_320 });
  const [asked] = callsTo("/v1/tax/calculations");
  equal(asked?.headers.get("idempotency-key"), "tax:o2:1");
  deepEqual(Object.fromEntries(new URLSearchParams(asked?.body)), {
    currency: "usd",
    customer: "cus_1",
    "line_items[0][amount]": "16000",
    "line_items[0][reference]": "o2",
    "line_items[0][tax_behavior]": "exclusive",
    "line_items[0][tax_code]": "txcd_20060045",
  });
  const body = new URLSearchParams(charges()[0]?.body);
  equal(body.get("amount"), "17320");
  equal(body.get("hooks[inputs][tax][calculation]"), "taxcalc_1");
  equal(body.get("metadata[automatic_tax]"), "true");
});

Deno.test("one that is declined says what of it is tax, as its webhook does", async () => {
  const metadata = { order_id: "o2", attempt: "1", automatic_tax: "true" };
  const hooks = { inputs: { tax: { calculation: "taxcalc_1" } } };
  const taxed = { ...intent, amount: 17_320, metadata, hooks };
  const reckoned = { amount_total: 17_320, tax_amount_exclusive: 1_320 };
  const calculation = { object: "tax.calculation", id: "taxcalc_1", ...reckoned };
  playsCharge(declines("card_declined", "insufficient_funds", 402, taxed));
  plays("POST /v1/tax/calculations", calculation);
  plays("GET /v1/tax/calculations/taxcalc_1", calculation);
  const { result } = await workOff("stripe.charge_card", { ...work, automatic_tax: true });
  deepEqual(result, {
    ...tried,
    amount: 17_320,
    tax_cents: 1_320,
    error: { code: "card_declined", decline_code: "insufficient_funds" },
  });

  plays("GET /v1/tax/calculations/taxcalc_1", status(503, { error: { type: "api_error" } }));
  const { failure } = await workOff("stripe.charge_card", { ...work, automatic_tax: true });
  equal(failure?.is_permanent, false);
});

const page = {
  id: "cs_1",
  object: "checkout.session",
  status: "expired",
  payment_status: "unpaid",
  payment_intent: null,
  amount_total: 16000,
  currency: "usd",
  metadata: { order_id: "o2" },
};
const LOOK = "GET /v1/checkout/sessions/cs_1";
const CLOSE = "POST /v1/checkout/sessions/cs_1/expire";

Deno.test("the page on which its client may pay is closed before the card is charged", async () => {
  playsCharge(intent);
  plays(LOOK, { ...page, status: "open" });
  plays(CLOSE, page);
  const { result } = await workOff("stripe.charge_card", { ...work, checkout_session_id: "cs_1" });
  deepEqual(result, recorded);
  deepEqual(vendorCalls(), [
    "GET /v1/payment_intents/pi_1?expand[0]=customer",
    FIND,
    LOOK,
    CLOSE,
    "POST /v1/payment_intents",
  ]);
});

for (const [what, found, intentStatus] of [
  ["it was paid", { payment_status: "paid", payment_intent: "pi_1" }, "succeeded"],
  ["a bank takes days to pay", { payment_intent: "pi_9" }, "processing"],
] as const) {
  Deno.test(`when ${what}, no card is charged`, async () => {
    playsCharge(intent);
    plays(LOOK, { ...page, status: "complete", ...found });
    plays("GET /v1/payment_intents/pi_9", { ...intent, id: "pi_9", status: intentStatus });
    const { result } = await workOff("stripe.charge_card", {
      ...work,
      checkout_session_id: "cs_1",
    });
    equal((result as { page: { id: string } }).page.id, "cs_1");
    equal(charges().length, 0);
  });
}

Deno.test("what was paid on the page is told by the page", async () => {
  playsCharge(intent);
  playsCharges({ ...intent, id: "pi_1", metadata: { order_id: "o2" } });
  plays(LOOK, { ...page, status: "complete", payment_status: "paid", payment_intent: "pi_1" });
  const { result } = await workOff("stripe.charge_card", { ...work, checkout_session_id: "cs_1" });
  equal((result as { page: { id: string } }).page.id, "cs_1");
  equal(charges().length, 0);
});

Deno.test("while it can't be closed, no card is charged", async () => {
  playsCharge(intent);
  plays(LOOK, { ...page, status: "open" });
  plays(CLOSE, status(503, { error: { type: "api_error", message: "Down." } }));
  const { failure } = await workOff("stripe.charge_card", { ...work, checkout_session_id: "cs_1" });
  equal(failure?.is_permanent, false);
  equal(charges().length, 0);
});

Deno.test("without an address to tax by, its client pays by hand", async () => {
  playsCharge(intent);
  const refused = { type: "invalid_request_error", code: "customer_tax_location_invalid" };
  plays("POST /v1/tax/calculations", status(400, { error: { ...refused, message: "Where?" } }));
  const { result } = await workOff("stripe.charge_card", { ...work, automatic_tax: true });
  deepEqual(result, { error: { code: refused.code } });
  equal(charges().length, 0);
});

for (const is_to_charge of [true, false]) {
  Deno.test(
    `a charge of which the answer was lost is found, ${is_to_charge ? "and not made again" : "also when nothing is to be charged any more"}`,
    async () => {
      playsCharge(status(500, {}));
      playsCharges(
        { ...intent, id: "pi_other", metadata: { order_id: "o1", attempt: "1" } },
        intent,
      );
      const page = { checkout_session_id: "cs_1" };
      const { result } = await workOff("stripe.charge_card", { ...work, ...page, is_to_charge });
      deepEqual(result, recorded);
      deepEqual(vendorCalls(), ["GET /v1/payment_intents/pi_1?expand[0]=customer", FIND]);
    },
  );
}

const declinedNow = {
  ...intent,
  status: "requires_payment_method",
  metadata: { order_id: "o2", attempt: "2" },
};
const early = { ...intent, id: "pi_early" };

for (const [what, ...pages] of [
  ["an earlier try has paid", [declinedNow, early]],
  ["the bank has an earlier try", [declinedNow, { ...early, status: "processing" }]],
  ["an earlier try stands on the next page of Stripe's list", [declinedNow], [early]],
] as const) {
  Deno.test(`when ${what}, that is the charge, whatever its number`, async () => {
    playsCharge(status(500, {}));
    playsPages(...pages.map((page) => [...page]));
    const { result } = await workOff("stripe.charge_card", { ...work, attempt: 2 });
    const { status: paid } = pages.at(-1)!.at(-1)!;
    deepEqual(result, { ...recorded, id: "pi_early", status: paid });
    equal(charges().length, 0);
  });
}

Deno.test("an earlier try that was declined is none", async () => {
  playsCharge({ ...intent, id: "pi_3", metadata: { order_id: "o2", attempt: "2" } });
  playsCharges({ ...intent, status: "requires_payment_method" });
  const { result } = await workOff("stripe.charge_card", { ...work, attempt: 2 });
  deepEqual(result, { ...recorded, id: "pi_3" });
});

Deno.test("one that is found declined says so", async () => {
  playsCharge(status(500, {}));
  const last_payment_error = { code: "card_declined", decline_code: "generic_decline" };
  playsCharges({ ...intent, status: "requires_payment_method", last_payment_error });
  const { result } = await workOff("stripe.charge_card", work);
  deepEqual(result, { ...tried, error: last_payment_error });
});

Deno.test("one that was called off in Stripe's dashboard is over", async () => {
  playsCharge(status(500, {}));
  playsCharges({ ...intent, status: "canceled", last_payment_error: null });
  const { result } = await workOff("stripe.charge_card", work);
  deepEqual(result, { ...tried, error: { code: "canceled", decline_code: undefined } });
});

Deno.test("what is not to be charged any more is not, and its page stays open", async () => {
  playsCharge(intent);
  const no = { is_to_charge: false, checkout_session_id: "cs_1" };
  const { result } = await workOff("stripe.charge_card", { ...work, ...no });
  deepEqual(result, { status: "not_made" });
  deepEqual(vendorCalls(), ["GET /v1/payment_intents/pi_1?expand[0]=customer", FIND]);
});

Deno.test("when nobody can look, nobody says that nothing was charged", async () => {
  playsCharge(intent);
  const gone = { error: { type: "invalid_request_error", code: "resource_missing" } };
  plays("GET /v1/payment_intents/pi_1", status(404, gone));
  for (const is_to_charge of [true, false]) {
    const { result, failure } = await workOff("stripe.charge_card", { ...work, is_to_charge });
    deepEqual([result, failure?.is_permanent], [undefined, true]);
  }

  playsCharge(intent);
  plays("GET /v1/payment_intents", status(403, gone));
  deepEqual((await workOff("stripe.charge_card", work)).result, undefined);
  equal(charges().length, 0);
});

Deno.test("that its tax can't be read is no refusal of a card that was charged", async () => {
  const metadata = { order_id: "o2", attempt: "1", automatic_tax: "true" };
  const hooks = { inputs: { tax: { calculation: "taxcalc_1" } } };
  playsCharge({ ...intent, amount_received: 17_320, metadata, hooks });
  plays("POST /v1/tax/calculations", {
    object: "tax.calculation",
    id: "taxcalc_1",
    amount_total: 17_320,
    tax_amount_exclusive: 1_320,
  });
  const refused = { type: "invalid_request_error", code: "permission", message: "No." };
  plays("GET /v1/tax/calculations/taxcalc_1", status(403, { error: refused }));
  const { result, failure } = await workOff("stripe.charge_card", { ...work, automatic_tax: true });
  deepEqual([result, failure?.is_permanent], [undefined, true]);
});

for (const [ofSubscription, ofCustomer, charged] of [
  ["pm_sub", "pm_cus", "pm_sub"],
  [null, "pm_cus", "pm_cus"],
] as const) {
  Deno.test(`a no-show fee is charged to ${charged}, by which its membership renews`, async () => {
    playsSubscription(ofSubscription, ofCustomer);
    plays("POST /v1/payment_intents", intent);
    const { result } = await workOff("stripe.charge_card", fee);
    deepEqual(result, recorded);
    const [call] = charges();
    const sent = new URLSearchParams(call?.body);
    deepEqual([sent.get("payment_method"), sent.get("customer")], [charged, "cus_1"]);
    equal(sent.get("description"), "No-show fee: Steady");
  });
}

Deno.test("a card that was taken away is an answer", async () => {
  playsSubscription(null, null);
  const { result } = await workOff("stripe.charge_card", fee);
  deepEqual(result, { error: { code: "no_saved_card" } });
});
