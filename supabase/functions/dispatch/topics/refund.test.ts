import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";
import { reversal, stripeError } from "../testing/stripe.ts";

const work = {
  refund_id: "r1",
  order_id: "o1",
  payment_intent_id: "pi_1",
  gross_cents: 7500,
  is_decided: false,
};

Deno.test("a refund is asked for under its own key", async () => {
  newWorld();
  plays("POST /v1/refunds", { id: "re_1", object: "refund", status: "pending", amount: 7500 });
  deepEqual((await workOff("stripe.refund", work)).result, {
    id: "re_1",
    status: "pending",
    amount: 7500,
  });

  const [call] = callsTo("/v1/refunds");
  equal(call?.headers.get("idempotency-key"), "refund:r1:7500");
  deepEqual(Object.fromEntries(new URLSearchParams(call?.body)), {
    payment_intent: "pi_1",
    amount: "7500",
    reason: "requested_by_customer",
    "metadata[refund_id]": "r1",
    "metadata[order_id]": "o1",
  });
});

/** What an admin gave back in Stripe's dashboard, of a payment of $100, and what a bank disputes of it. */
function dashboardGaveBack(amount: number, state = "succeeded", disputes: object[] = []) {
  plays("GET /v1/payment_intents/pi_1", {
    id: "pi_1",
    object: "payment_intent",
    amount_received: 10000,
  });
  plays("GET /v1/refunds", {
    object: "list",
    data: [{ id: "re_theirs", object: "refund", status: state, amount, metadata: {} }],
  });
  plays("GET /v1/disputes", { object: "list", data: disputes });
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
      ["refund:r1:7500", "7500"],
      ["refund:r1:4000", "4000"],
    ],
  );
});

Deno.test("what a bank has kept is not left, either", async () => {
  for (const [given_back, left] of [
    [3000, 2000],
    [5000, 0],
  ] as const) {
    newWorld();
    plays(
      "POST /v1/refunds",
      ...[
        status(400, stripeError("")),
        { id: "re_1", object: "refund", status: "succeeded", amount: left },
      ].slice(0, left > 0 ? 2 : 1),
    );
    dashboardGaveBack(given_back);
    const decided = { ...work, gross_cents: 4000, is_decided: true, lost_cents: 5000 };
    const { result } = await workOff("stripe.refund", decided);
    const told = result as { status: string; amount?: number; others: object[] };
    deepEqual(
      [told.status, told.amount, told.others.length],
      left > 0 ? ["succeeded", left, 1] : ["failed", undefined, 1],
    );
  }
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
    deepEqual(new Set(keys), new Set(["refund:r1:7500"]));
  });
}

Deno.test("a refund of what a bank has taken waits until that has decided", async () => {
  newWorld();
  plays("POST /v1/refunds", status(400, stripeError("charge_disputed")));
  deepEqual((await workOff("stripe.refund", work)).result, { id: null, status: "disputed" });
  deepEqual(vendorCalls(), ["POST /v1/refunds"]);
});

Deno.test("so does one of more than a bank has left, of which we have not heard", async () => {
  newWorld();
  plays("POST /v1/refunds", status(400, stripeError("")));
  dashboardGaveBack(1000, "failed", [{ id: "dp_1", object: "dispute" }]);
  const { result } = await workOff("stripe.refund", work);
  equal((result as { status?: string }).status, "disputed");
});

Deno.test("one after the bank has decided is looked for, and is another call", async () => {
  newWorld();
  plays("GET /v1/refunds", { object: "list", data: [] });
  plays("POST /v1/refunds", { id: "re_1", object: "refund", status: "succeeded", amount: 7500 });
  const { result } = await workOff("stripe.refund", { ...work, is_decided: true });
  deepEqual(result, { id: "re_1", status: "succeeded", amount: 7500 });
  const keys = callsTo("/v1/refunds").map((call) => call.headers.get("idempotency-key"));
  deepEqual(keys, [null, "refund:r1:7500:decided"]);
});

Deno.test(
  "when a bank kept a part, and the rest was given back elsewhere, ours has failed",
  async () => {
    newWorld();
    plays("POST /v1/refunds", status(400, stripeError("charge_disputed")));
    dashboardGaveBack(5000);
    const decided = { ...work, gross_cents: 4000, is_decided: true, lost_cents: 5000 };
    const { result } = await workOff("stripe.refund", decided);
    const { others, status: state } = result as { others: object[]; status: string };
    deepEqual([state, others.length], ["failed", 1]);
  },
);

Deno.test(
  "one that Stripe refuses after the bank has decided, and nothing explains, is given up",
  async () => {
    newWorld();
    plays("POST /v1/refunds", status(400, stripeError("charge_disputed")));
    dashboardGaveBack(1000);
    const { result, failure } = await workOff("stripe.refund", { ...work, is_decided: true });
    equal(result, undefined);
    equal(failure?.is_permanent, true);
  },
);

Deno.test("what was not captured was not given back, and explains no refusal", async () => {
  newWorld();
  plays("POST /v1/refunds", status(400, stripeError("")));
  plays("GET /v1/payment_intents/pi_1", {
    id: "pi_1",
    object: "payment_intent",
    amount_received: 10000,
  });
  plays("GET /v1/refunds", { object: "list", data: [reversal] });
  plays("GET /v1/disputes", { object: "list", data: [] });
  equal((await workOff("stripe.refund", work)).failure?.is_permanent, true);
});
