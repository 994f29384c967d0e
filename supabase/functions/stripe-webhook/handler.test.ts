import {
  callsTo,
  loadFunction,
  newWorld,
  plays,
  playsRpc,
  quietly,
  rpcArguments,
  SECRETS,
  status,
} from "../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../_shared/testing/assert.ts";
import Stripe from "stripe";

const handle = await loadFunction(() => import("./index.ts"));
const cryptoProvider = Stripe.createSubtleCryptoProvider();
const stripe = new Stripe("sk_test_unused");

type Delivery = { secret?: string; secondsOld?: number; changed?: string; method?: string };

/** A request as Stripe makes it, or as somebody who knows less than Stripe. */
async function delivery(
  event: object,
  { secret = SECRETS.stripe, secondsOld = 0, changed, method = "POST" }: Delivery = {},
) {
  const payload = JSON.stringify(event);
  const signature = await stripe.webhooks.generateTestHeaderStringAsync({
    payload,
    secret,
    timestamp: Math.floor(Date.now() / 1000) - secondsOld,
    cryptoProvider,
  });
  return new Request("http://function/stripe-webhook", {
    method,
    headers: { "stripe-signature": signature },
    ...(method === "POST" && { body: changed ?? payload }),
  });
}

function event(object: object, type = "payment_intent.succeeded") {
  return { id: "evt_1", object: "event", type, data: { object } };
}

async function codeOf(response: Response): Promise<string> {
  return (await response.json()).error.code;
}

function plainWorld(): void {
  newWorld();
  playsRpc("apply_stripe_event", status(204));
  playsRpc("record_security_event", status(204));
}

Deno.test("stripe-webhook hands a signed event on", async () => {
  plainWorld();
  const response = await handle(await delivery(event({ id: "po_1", object: "plan", amount: 5 })));

  equal(response.status, 200);
  deepEqual(await response.json(), { data: "received" });
  deepEqual(rpcArguments("apply_stripe_event"), [
    { event: event({ id: "po_1", object: "plan", amount: 5 }) },
  ]);
  equal(callsTo("/rest/v1/rpc/apply_stripe_event")[0]?.headers.get("apikey"), SECRETS.supabase);
});

const READ = [
  { object: "checkout.session", id: "cs_1", path: "/v1/checkout/sessions/cs_1" },
  { object: "payment_intent", id: "pi_1", path: "/v1/payment_intents/pi_1" },
  { object: "refund", id: "re_1", path: "/v1/refunds/re_1" },
  { object: "dispute", id: "dp_1", path: "/v1/disputes/dp_1" },
  { object: "invoice", id: "in_1", path: "/v1/invoices/in_1" },
  { object: "transfer", id: "tr_1", path: "/v1/transfers/tr_1" },
  { object: "account", id: "acct_1", path: "/v1/accounts/acct_1" },
];
for (const { object, id, path } of READ) {
  Deno.test(`stripe-webhook replaces a ${object} by what Stripe has now`, async () => {
    plainWorld();
    const metadata = { order_id: "o1" };
    plays(`GET ${path}`, { id, object, metadata, status: "as it is now" });
    const response = await handle(await delivery(event({ id, object, status: "as it was" })));

    equal(response.status, 200);
    deepEqual(rpcArguments("apply_stripe_event"), [
      { event: event({ id, object, metadata, status: "as it is now" }) },
    ]);
  });
}

const PAID = [
  { id: "pi_1", object: "payment_intent" },
  { id: "ch_1", object: "charge", payment_intent: "pi_1" },
];
for (const told of PAID) {
  Deno.test(`stripe-webhook says what of a ${told.object} is tax`, async () => {
    plainWorld();
    const metadata = { order_id: "o1", automatic_tax: "true" };
    plays("GET /v1/payment_intents/pi_1", { ...told, metadata });
    plays("GET /v1/checkout/sessions", {
      object: "list",
      data: [{ id: "cs_1", object: "checkout.session", total_details: { amount_tax: 825 } }],
    });
    await handle(await delivery(event({ ...told, metadata })));

    deepEqual(rpcArguments("apply_stripe_event"), [
      { event: { ...event({ ...told, metadata }), tax_cents: 825 } },
    ]);
    match(callsTo("/v1/checkout/sessions")[0]?.path ?? "", /payment_intent=pi_1/);
  });
}

const ABOUT_A_MEMBERSHIP = [
  { object: "checkout.session", id: "cs_1", subscription: "sub_1" },
  { object: "subscription", id: "sub_1" },
  { object: "invoice", id: "in_1", parent: { subscription_details: { subscription: "sub_1" } } },
  { object: "payment_intent", id: "pi_1", metadata: {} },
];
for (const told of ABOUT_A_MEMBERSHIP) {
  Deno.test(
    `stripe-webhook reads the whole membership that a ${told.object} is about`,
    async () => {
      plainWorld();
      playsMembership();
      const response = await handle(await delivery(event(told)));

      equal(response.status, 200);
      const [{ event: handedOn }] = rpcArguments("apply_stripe_event") as [{ event: Told }];
      const { read_at: readAt, ...facts } = handedOn.membership;
      equal(Math.abs(Date.parse(readAt) - Date.now()) < 60_000, true);
      deepEqual(facts, MEMBERSHIP_FACTS);
    },
  );
}

type Told = { membership: { read_at: string } };

const PERIOD = { start: 1_800_000_000, end: 1_802_678_400 };
const SPAN = {
  period_starts_at: "2027-01-15T08:00:00.000Z",
  period_ends_at: "2027-02-15T08:00:00.000Z",
};

function playsMembership(): void {
  const invoice = {
    id: "in_1",
    object: "invoice",
    status: "paid",
    amount_paid: 10_717,
    total: 10_717,
    total_taxes: [
      { amount: 817, tax_behavior: "exclusive" },
      { amount: 5, tax_behavior: "inclusive" },
    ],
    currency: "usd",
    billing_reason: "subscription_create",
    created: PERIOD.start,
    number: "LOCAL-0001",
    hosted_invoice_url: "https://stripe.example/in_1",
    invoice_pdf: "https://stripe.example/in_1/pdf",
    status_transitions: { paid_at: PERIOD.start },
    parent: { subscription_details: { subscription: "sub_1" } },
    lines: { data: [{ pricing: { price_details: { price: "price_1" } }, period: PERIOD }] },
    payments: { data: [{ payment: { payment_intent: "pi_1" } }] },
  };
  plays("GET /v1/checkout/sessions/cs_1", {
    id: "cs_1",
    object: "checkout.session",
    subscription: "sub_1",
  });
  plays("GET /v1/payment_intents/pi_1", { id: "pi_1", object: "payment_intent", metadata: {} });
  plays("GET /v1/invoice_payments", { object: "list", data: [{ invoice }] });
  plays("GET /v1/invoices/in_1", invoice);
  plays("GET /v1/subscriptions/sub_1", {
    id: "sub_1",
    object: "subscription",
    metadata: { membership_id: "m1" },
    status: "active",
    pause_collection: null,
    cancel_at_period_end: false,
    cancel_at: null,
    trial_end: null,
    ended_at: null,
    latest_invoice: "in_1",
    items: {
      data: [
        {
          id: "si_1",
          price: { id: "price_1" },
          current_period_start: PERIOD.start,
          current_period_end: PERIOD.end,
        },
      ],
    },
  });
}

const MEMBERSHIP_FACTS = {
  subscription: {
    id: "sub_1",
    membership_id: "m1",
    status: "active",
    is_paused: false,
    is_halted: false,
    is_ending: false,
    item_id: "si_1",
    price_id: "price_1",
    ...SPAN,
    trial_ends_at: null,
    ended_at: null,
  },
  invoices: [
    {
      id: "in_1",
      membership_id: "m1",
      subscription_id: "sub_1",
      status: "paid",
      amount_paid: 10_717,
      tax_cents: 817,
      currency: "usd",
      is_first: true,
      is_period: true,
      has_proration: false,
      price_id: "price_1",
      ...SPAN,
      payment_intent_id: "pi_1",
      paid_at: SPAN.period_starts_at,
      created_at: SPAN.period_starts_at,
      number: "LOCAL-0001",
      hosted_invoice_url: "https://stripe.example/in_1",
      invoice_pdf: "https://stripe.example/in_1/pdf",
    },
  ],
};

Deno.test("stripe-webhook stores nothing when Stripe cannot be asked", async () => {
  plainWorld();
  plays("GET /v1/refunds/re_1", status(404));
  const { value: response } = await quietly(async () =>
    handle(await delivery(event({ id: "re_1", object: "refund" }))),
  );

  equal(response.status, 500);
  deepEqual(rpcArguments("apply_stripe_event"), []);
});

Deno.test("stripe-webhook asks for the event again when it could not be stored", async () => {
  plainWorld();
  playsRpc(
    "apply_stripe_event",
    status(500, { code: "ORLTR", message: "The payment is not known yet." }),
  );
  const { value: response, lines } = await quietly(async () =>
    handle(await delivery(event({ id: "ch_1", object: "charge" }))),
  );

  equal(response.status, 500);
  equal(await codeOf(response), "event_not_applied");
  match(lines.join(), /ORLTR/);
});

const REFUSED: { name: string; how: Delivery; code: string }[] = [
  { name: "signed with another secret", how: { secret: "whsec_other" }, code: "signature_invalid" },
  {
    name: "signed more than five minutes ago",
    how: { secondsOld: 301 },
    code: "signature_invalid",
  },
  {
    name: "changed after it was signed",
    how: { changed: `{"id":"evt_2"}` },
    code: "signature_invalid",
  },
];
for (const { name, how, code } of REFUSED) {
  Deno.test(`stripe-webhook refuses and notes what was ${name}`, async () => {
    plainWorld();
    const { value: response } = await quietly(async () =>
      handle(await delivery(event({ id: "ch_1", object: "charge" }), how)),
    );

    equal(response.status, 400);
    equal(await codeOf(response), code);
    deepEqual(rpcArguments("apply_stripe_event"), []);
    deepEqual(rpcArguments("record_security_event"), [
      { kind: "webhook_refused", detail: { vendor: "stripe", reason: code } },
    ]);
  });
}

Deno.test("stripe-webhook takes what was signed less than five minutes ago", async () => {
  plainWorld();
  const response = await handle(
    await delivery(event({ id: "ch_1", object: "charge" }), { secondsOld: 290 }),
  );
  equal(response.status, 200);
});

Deno.test("stripe-webhook refuses and notes what is not signed at all", async () => {
  plainWorld();
  const { value: response } = await quietly(() =>
    handle(new Request("http://function/", { method: "POST", body: "{}" })),
  );

  equal(response.status, 400);
  equal(await codeOf(response), "signature_missing");
  equal(rpcArguments("record_security_event").length, 1);
});

Deno.test("stripe-webhook refuses even when the refusal cannot be noted", async () => {
  plainWorld();
  playsRpc("record_security_event", status(500));
  const { value: response } = await quietly(() =>
    handle(new Request("http://function/", { method: "POST", body: "{}" })),
  );
  equal(response.status, 400);
});

Deno.test("stripe-webhook takes POST only", async () => {
  plainWorld();
  const response = await handle(
    await delivery(event({ id: "ch_1", object: "charge" }), { method: "GET" }),
  );
  equal(response.status, 405);
  deepEqual(callsTo(), []);
});
