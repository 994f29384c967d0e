import {
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

async function delivery(secret: string) {
  const payload = JSON.stringify(EVENT);
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

Deno.test("stripe-connect-webhook refuses what is signed for the other endpoint", async () => {
  newWorld();
  playsRpc("record_security_event", status(204));
  const { value: response } = await quietly(async () => handle(await delivery(SECRETS.stripe)));

  equal(response.status, 400);
  deepEqual(rpcArguments("apply_stripe_event"), []);
});
