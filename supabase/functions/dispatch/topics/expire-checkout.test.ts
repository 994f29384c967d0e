import { newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";
import { intent, recorded, stripeError } from "../testing/stripe.ts";

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
