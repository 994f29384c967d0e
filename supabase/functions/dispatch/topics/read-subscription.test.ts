import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";
import { stripeError } from "../testing/stripe.ts";

const membership = {
  membership_id: "m1",
  subscription_id: "sub_1",
  checkout_session_id: null,
  item_id: "si_1",
  intent: null,
  number: 3,
  price_id: null,
  halt: null,
};

function playsSubscription(facts: object = {}): void {
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
    ...facts,
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

const PAUSED = { pause_collection: { behavior: "void" } };
const HALTS: { halt: boolean; facts: object; asks: object | null }[] = [
  {
    halt: true,
    facts: {},
    asks: { "pause_collection[behavior]": "void", "metadata[halted_while]": "charged" },
  },
  {
    halt: true,
    facts: PAUSED,
    asks: { "pause_collection[behavior]": "void", "metadata[halted_while]": "paused" },
  },
  { halt: true, facts: { ...PAUSED, metadata: { halted_while: "charged" } }, asks: null },
  {
    halt: false,
    facts: { ...PAUSED, metadata: { halted_while: "charged" } },
    asks: { pause_collection: "", "metadata[halted_while]": "" },
  },
  {
    halt: false,
    facts: { ...PAUSED, metadata: { halted_while: "paused" } },
    asks: { "metadata[halted_while]": "" },
  },
  { halt: false, facts: PAUSED, asks: null },
];
for (const { halt, facts, asks } of HALTS) {
  Deno.test(
    `stripe.read_subscription ${halt ? "halts" : "goes on with"} ${JSON.stringify(facts)}`,
    async () => {
      newWorld();
      playsSubscription(facts);
      plays("POST /v1/subscriptions/sub_1", { id: "sub_1", object: "subscription" });
      const { result } = await workOff("stripe.read_subscription", { ...membership, halt });
      const [call] = callsTo("/v1/subscriptions/sub_1").filter(({ method }) => method === "POST");
      deepEqual(call ? Object.fromEntries(new URLSearchParams(call.body)) : null, asks);
      const isHalted = "metadata" in facts;
      equal((result as { subscription: { is_halted: boolean } }).subscription.is_halted, isHalted);
    },
  );
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
