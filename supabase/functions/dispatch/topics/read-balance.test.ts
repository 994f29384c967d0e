import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";

const WORK = { from: 1_000, until: 5_000 };

/** Stripe holds these cents each time it is asked; what can't be used yet is a part of them. */
function playsBalance(...totals: number[]): void {
  plays(
    "GET /v1/balance",
    ...totals.map((total) => ({
      object: "balance",
      available: [
        { amount: total - 50, currency: "usd" },
        { amount: 7, currency: "eur" },
      ],
      pending: [{ amount: 50, currency: "usd" }],
    })),
  );
}

function movement(id: string, source: unknown = `ch_${id}`) {
  const money = { type: "charge", amount: 100, fee: 3, net: 97, reporting_category: "charge" };
  return { id, object: "balance_transaction", source, created: 4_000, ...money };
}

function recorded(id: string, source: string | null = `ch_${id}`) {
  const { object: _, ...rest } = movement(id, source);
  return rest;
}

function dispute(id: string) {
  return { id, object: "dispute", status: "warning_needs_response", created: 4_000 };
}

function queriesTo(path: string): string[] {
  return callsTo(path).map((call) => decodeURIComponent(call.path.split("?")[1] ?? ""));
}

function page(data: object[], has_more = false) {
  return { object: "list", data, has_more };
}

Deno.test(
  "every page of Stripe's list is read, from a moment on, with what Stripe holds",
  async () => {
    newWorld();
    playsBalance(97);
    plays(
      "GET /v1/balance_transactions",
      page([movement("txn_3"), movement("txn_2", { id: "re_2", object: "refund" })], true),
      page([movement("txn_1", null)]),
    );
    plays("GET /v1/disputes", page([dispute("dp_2")], true), page([dispute("dp_1")]));
    deepEqual((await workOff("stripe.read_balance", WORK)).result, {
      until: 5_000,
      balance: 97,
      transactions: [recorded("txn_3"), recorded("txn_2", "re_2"), recorded("txn_1", null)],
      disputes: ["dp_2", "dp_1"],
    });
    deepEqual(queriesTo("/v1/balance_transactions"), [
      "currency=usd&limit=100&created[gte]=1000",
      "currency=usd&limit=100&created[gte]=1000&starting_after=txn_2",
    ]);
    deepEqual(queriesTo("/v1/disputes"), [
      "limit=100&created[gte]=1000",
      "limit=100&created[gte]=1000&starting_after=dp_2",
    ]);
  },
);

Deno.test("what was not captured of a charge counts for that charge", async () => {
  newWorld();
  playsBalance(97);
  const reversal = { ...movement("txn_1", "re_1"), reporting_category: "partial_capture_reversal" };
  plays("GET /v1/balance_transactions", page([reversal]));
  plays("GET /v1/disputes", page([]));
  plays("GET /v1/refunds/re_1", { id: "re_1", object: "refund", charge: "ch_9" });
  const { result } = await workOff("stripe.read_balance", WORK);
  const [told] = (result as { transactions: { source: string }[] }).transactions;
  equal(told?.source, "ch_9");
});

Deno.test("the first time all of the list is read", async () => {
  newWorld();
  playsBalance(0);
  plays("GET /v1/balance_transactions", page([]));
  plays("GET /v1/disputes", page([]));
  deepEqual((await workOff("stripe.read_balance", { ...WORK, from: null })).result, {
    until: 5_000,
    balance: 0,
    transactions: [],
    disputes: [],
  });
  equal(callsTo("/v1/balance_transactions")[0]?.path.includes("created"), false);
  equal(callsTo("/v1/disputes")[0]?.path.includes("created"), false);
});

Deno.test("a balance that changed while the list was read is not told", async () => {
  newWorld();
  playsBalance(97, 194);
  plays("GET /v1/balance_transactions", page([movement("txn_1")]));
  plays("GET /v1/disputes", page([]));
  equal(
    ((await workOff("stripe.read_balance", WORK)).result as { balance: unknown }).balance,
    null,
  );
});

Deno.test("half a list is no list: it is read again later", async () => {
  newWorld();
  playsBalance(97);
  plays(
    "GET /v1/balance_transactions",
    page([movement("txn_2")], true),
    status(500, { error: { type: "api_error", message: "Stripe is down." } }),
  );
  const { result, failure } = await workOff("stripe.read_balance", WORK);
  equal(result, undefined);
  equal(failure?.is_permanent, false);
});

Deno.test("without the list of disputes nothing is told, so that it is read again", async () => {
  newWorld();
  playsBalance(97);
  plays("GET /v1/balance_transactions", page([movement("txn_1")]));
  plays(
    "GET /v1/disputes",
    status(500, { error: { type: "api_error", message: "Stripe is down." } }),
  );
  const { result, failure } = await workOff("stripe.read_balance", WORK);
  equal(result, undefined);
  equal(failure?.is_permanent, false);
});
