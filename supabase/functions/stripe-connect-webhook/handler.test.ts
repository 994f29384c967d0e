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

import { deepEqual, equal } from "../_shared/testing/assert.ts";
import Stripe from "stripe";

const handle = await loadFunction(() => import("./index.ts"));
const cryptoProvider = Stripe.createSubtleCryptoProvider();
const stripe = new Stripe("sk_test_unused");

const EVENT = {
  id: "evt_1",
  object: "event",
  account: "acct_1",
  type: "account.updated",
  data: { object: { id: "acct_1", object: "account", payouts_enabled: false } },
};

async function delivery(secret: string, event: object = EVENT) {
  const payload = JSON.stringify(event);
  const signature = await stripe.webhooks.generateTestHeaderStringAsync({
    payload,
    secret,
    cryptoProvider,
  });
  return new Request("http://function/stripe-connect-webhook", {
    method: "POST",
    headers: { "stripe-signature": signature },
    body: payload,
  });
}

Deno.test("stripe-connect-webhook hands on a coach's account as Stripe has it now", async () => {
  newWorld();
  playsRpc("apply_stripe_event", status(204));
  const now = { id: "acct_1", object: "account", payouts_enabled: true };
  plays("GET /v1/accounts/acct_1", now);

  equal((await handle(await delivery(SECRETS.stripeConnect))).status, 200);
  deepEqual(rpcArguments("apply_stripe_event"), [{ event: { ...EVENT, data: { object: now } } }]);
});

Deno.test("stripe-connect-webhook reads a payout in the account that it is of", async () => {
  newWorld();
  playsRpc("apply_stripe_event", status(204));
  const now = { id: "po_1", object: "payout", status: "failed" };
  plays("GET /v1/payouts/po_1", now);
  const event = { ...EVENT, type: "payout.paid", data: { object: { ...now, status: "paid" } } };

  equal((await handle(await delivery(SECRETS.stripeConnect, event))).status, 200);
  deepEqual(rpcArguments("apply_stripe_event"), [{ event: { ...event, data: { object: now } } }]);
  equal(callsTo("/v1/payouts/po_1")[0]?.headers.get("stripe-account"), "acct_1");
});

Deno.test("stripe-connect-webhook refuses what is signed for the other endpoint", async () => {
  newWorld();
  playsRpc("record_security_event", status(204));
  const { value: response } = await quietly(async () => handle(await delivery(SECRETS.stripe)));

  equal(response.status, 400);
  deepEqual(rpcArguments("apply_stripe_event"), []);
});
