import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";
import { intent, recorded, stripeError } from "../testing/stripe.ts";

const held = { payment_id: "p1", payment_intent_id: "pi_1", gross_cents: 15000 };

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
