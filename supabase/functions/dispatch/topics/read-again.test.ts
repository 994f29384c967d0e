import { newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";

const intent = { amount_capturable: 0, amount_received: 0, currency: "usd", latest_charge: "ch_1" };
const refund = {
  status: "failed",
  amount: 500,
  payment_intent: "pi_1",
  charge: "ch_1",
  metadata: { refund_id: "r1" },
  balance_transaction: { id: "txn_1", reporting_category: "refund" },
};

const account = {
  metadata: { coach_id: "c1" },
  requirements: { currently_due: [] },
  capabilities: { transfers: "active" },
  payouts_enabled: true,
};
const bank = { bank_name: "Chase Bank", last4: "6789" };
const payout = {
  status: "failed",
  amount: 8500,
  arrival_date: 1,
  created: 1,
  failure_code: "account_closed",
};

const READ = [
  {
    topic: "stripe.read_account",
    work: { stripe_account_id: "acct_1" },
    path: "/v1/accounts/acct_1",
    has: { id: "acct_1", object: "account", ...account, external_accounts: { data: [bank] } },
    told: { id: "acct_1", ...account, external_accounts: { data: [bank] } },
  },
  {
    topic: "stripe.read_payout",
    work: { stripe_account_id: "acct_1", stripe_payout_id: "po_1" },
    path: "/v1/payouts/po_1",
    has: { id: "po_1", object: "payout", ...payout },
    told: { id: "po_1", ...payout },
  },
  {
    topic: "stripe.read_payment",
    work: { payment_intent_id: "pi_1" },
    path: "/v1/payment_intents/pi_1",
    has: { id: "pi_1", object: "payment_intent", status: "canceled", metadata: {}, ...intent },
    told: { id: "pi_1", status: "canceled", tax_cents: 0, ...intent },
  },
  {
    topic: "stripe.read_refund",
    work: { stripe_refund_id: "re_1" },
    path: "/v1/refunds/re_1",
    query: "?expand[0]=balance_transaction",
    has: { id: "re_1", object: "refund", ...refund },
    told: { id: "re_1", ...refund },
  },
  {
    topic: "stripe.read_dispute",
    work: { stripe_dispute_id: "dp_1" },
    path: "/v1/disputes/dp_1",
    has: { id: "dp_1", object: "dispute", status: "lost" },
    told: { id: "dp_1", object: "dispute", status: "lost" },
  },
];
for (const { topic, work, path, query = "", has, told } of READ) {
  Deno.test(`${topic} tells what Stripe has now, and changes nothing there`, async () => {
    newWorld();
    plays(`GET ${path}`, has);
    deepEqual((await workOff(topic, work)).result, told);
    deepEqual(vendorCalls(), [`GET ${path}${query}`]);

    newWorld();
    plays(`GET ${path}`, status(404, { object: "nothing" }));
    const { result, failure } = await workOff(topic, work);
    equal(result, undefined);
    equal(failure?.is_permanent, false);
  });
}
