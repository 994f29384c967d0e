import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";

const work = {
  transfer_id: "t1",
  earning_id: "e1",
  order_id: "o1",
  amount_cents: 8500,
  currency: "cad",
  stripe_account_id: "acct_1",
  charge_id: "ch_1",
  payment_intent_id: "pi_1",
};
const made = {
  id: "tr_1",
  object: "transfer",
  amount: 8500,
  metadata: { transfer_id: "t1" },
  reversals: { object: "list", data: [] },
};
const recorded = { id: "tr_1", amount: 8500, metadata: { transfer_id: "t1" }, reversals: [] };

function refuses(code: string, http = 400) {
  return status(http, { error: { type: "invalid_request_error", code, message: "No." } });
}

Deno.test("a share is sent out of its charge, under its own key", async () => {
  newWorld();
  plays("POST /v1/transfers", made);
  deepEqual((await workOff("stripe.transfer", work)).result, {
    transfer: recorded,
    charge_id: "ch_1",
  });

  const [call] = callsTo("/v1/transfers");
  equal(call?.headers.get("idempotency-key"), "transfer:t1");
  deepEqual(Object.fromEntries(new URLSearchParams(call?.body)), {
    amount: "8500",
    currency: "cad",
    destination: "acct_1",
    source_transaction: "ch_1",
    transfer_group: "order_o1",
    "metadata[transfer_id]": "t1",
    "metadata[earning_id]": "e1",
    "metadata[order_id]": "o1",
  });
});

Deno.test("a charge that is not known is asked for first", async () => {
  newWorld();
  plays("GET /v1/payment_intents/pi_1", {
    id: "pi_1",
    object: "payment_intent",
    latest_charge: "ch_9",
  });
  plays("POST /v1/transfers", made);
  const { result } = await workOff("stripe.transfer", { ...work, charge_id: null });
  deepEqual(result, { transfer: recorded, charge_id: "ch_9" });
  equal(new URLSearchParams(callsTo("/v1/transfers")[0]?.body).get("source_transaction"), "ch_9");
});

Deno.test("what we add ourselves is part of no charge", async () => {
  newWorld();
  plays("POST /v1/transfers", made);
  const added = { ...work, charge_id: null, payment_intent_id: null };
  deepEqual((await workOff("stripe.transfer", added)).result, { transfer: recorded });
  equal(new URLSearchParams(callsTo("/v1/transfers")[0]?.body).has("source_transaction"), false);
});

Deno.test("after a failed attempt it is looked for first", async () => {
  newWorld();
  plays("GET /v1/transfers", {
    object: "list",
    data: [{ ...made, id: "tr_0", metadata: {} }, made],
  });
  deepEqual((await workOff("stripe.transfer", work, 2)).result, { transfer: recorded });
  deepEqual(vendorCalls().length, 1);

  newWorld();
  plays("GET /v1/transfers", { object: "list", data: [] });
  plays("POST /v1/transfers", made);
  deepEqual((await workOff("stripe.transfer", work, 2)).result, {
    transfer: recorded,
    charge_id: "ch_1",
  });
});

Deno.test(
  "what Stripe refuses for good is written down, anything else is tried again",
  async () => {
    newWorld();
    plays("POST /v1/transfers", refuses("insufficient_capabilities_for_transfer"));
    deepEqual((await workOff("stripe.transfer", work)).result, {
      refused: "insufficient_capabilities_for_transfer",
      charge_id: "ch_1",
    });

    for (const answer of [
      refuses("", 500),
      refuses("", 401),
      status(404, { object: "transfer" }),
    ]) {
      newWorld();
      plays("POST /v1/transfers", answer);
      equal((await workOff("stripe.transfer", work)).failure?.is_permanent, false);
    }

    newWorld();
    plays(
      "POST /v1/transfers",
      status(400, { error: { type: "idempotency_error", message: "No." } }),
    );
    equal((await workOff("stripe.transfer", work)).failure?.is_permanent, true);
  },
);

/* -- taking back -------------------------------------------------------------------------------- */

const takeBack = {
  reversal_id: "r1",
  amount_cents: 8500,
  stripe_transfer_id: "tr_1",
  stripe_account_id: "acct_1",
};
const LIST = "GET /v1/transfers/tr_1/reversals";
const REVERSE = "POST /v1/transfers/tr_1/reversals";

function reversal(amount: number, metadata = { reversal_id: "r1" } as object) {
  return { id: "trr_1", object: "transfer_reversal", amount, metadata };
}
function list(...data: object[]) {
  return { object: "list", data };
}
function balance(available: number, pending = 0) {
  const usd = (amount: number) => [{ amount, currency: "usd" }];
  return { object: "balance", available: usd(available), pending: usd(pending) };
}
function bodies() {
  return callsTo("/v1/transfers/tr_1/reversals")
    .filter(({ method }) => method === "POST")
    .map(({ body, headers }) => [
      new URLSearchParams(body).get("amount"),
      headers.get("idempotency-key"),
    ]);
}
function answer(...reversals: object[]) {
  return {
    transfer: {
      ...recorded,
      reversals: reversals.map((each) => ({ ...each, object: undefined })),
    },
  };
}

Deno.test("a share is taken back under its own key", async () => {
  newWorld();
  plays(LIST, list(), list(reversal(8500)));
  plays(REVERSE, reversal(8500));
  plays("GET /v1/transfers/tr_1", made);
  deepEqual((await workOff("stripe.reverse_transfer", takeBack)).result, answer(reversal(8500)));
  deepEqual(bodies(), [["8500", "reversal:r1:8500"]]);
});

Deno.test("one that was made before is not made again", async () => {
  newWorld();
  plays(LIST, list(reversal(3000)));
  plays("GET /v1/transfers/tr_1", made);
  deepEqual((await workOff("stripe.reverse_transfer", takeBack)).result, answer(reversal(3000)));
  deepEqual(bodies(), []);
});

Deno.test("of an account that has less, what there is is taken", async () => {
  newWorld();
  plays(LIST, list(), list(reversal(3000)));
  plays(REVERSE, refuses("balance_insufficient"), refuses("balance_insufficient"), reversal(3000));
  plays("GET /v1/balance", balance(3000, 9000));
  plays("GET /v1/transfers/tr_1", made);
  deepEqual((await workOff("stripe.reverse_transfer", takeBack)).result, answer(reversal(3000)));
  deepEqual(bodies(), [
    ["8500", "reversal:r1:8500"],
    // What is pending would be enough, and may be what counts.
    ["8500", "reversal:r1:8500:again"],
    ["3000", "reversal:r1:3000"],
  ]);
  equal(callsTo("/v1/balance")[0]?.headers.get("stripe-account"), "acct_1");
});

Deno.test("an account that has enough since it was refused gives all of it", async () => {
  newWorld();
  plays(LIST, list(), list(reversal(8500)));
  plays(REVERSE, refuses("balance_insufficient"), reversal(8500));
  plays("GET /v1/balance", balance(8500, 0));
  plays("GET /v1/transfers/tr_1", made);
  deepEqual((await workOff("stripe.reverse_transfer", takeBack)).result, answer(reversal(8500)));
  deepEqual(bodies(), [
    ["8500", "reversal:r1:8500"],
    ["8500", "reversal:r1:8500:again"],
  ]);
});

Deno.test("an account that has nothing is left alone", async () => {
  newWorld();
  plays(LIST, list());
  plays(REVERSE, refuses("balance_insufficient"));
  plays("GET /v1/balance", balance(0, -200));
  plays("GET /v1/transfers/tr_1", made);
  deepEqual((await workOff("stripe.reverse_transfer", takeBack)).result, {
    ...answer(),
    refused: "balance_insufficient",
  });
});

Deno.test("while Stripe cannot be asked, taking back is tried again", async () => {
  newWorld();
  plays(LIST, list());
  plays(REVERSE, refuses("", 503));
  equal((await workOff("stripe.reverse_transfer", takeBack)).failure?.is_permanent, false);
});
