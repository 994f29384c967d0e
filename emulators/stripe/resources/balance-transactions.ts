import type Stripe from "stripe";

import { listPage } from "../api/list.ts";
import { newId } from "../api/new-id.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

/** How long the bank takes until a card's money can be used: two days. */
const SECONDS_UNTIL_AVAILABLE = 2 * 24 * 60 * 60;

/** Every movement of an account's money, and what is in it. */
export const balanceTransactions: Resource = {
  isPerAccount: true,
  routes: [
    route<Stripe.BalanceTransactionRetrieveParams>(
      "GET /v1/balance_transactions/{id}",
      (emulator, _params, id) => records(emulator).get(id),
    ),
    route<Stripe.BalanceTransactionListParams>("GET /v1/balance_transactions", list),
    route<Stripe.BalanceRetrieveParams>("GET /v1/balance", retrieveBalance),
  ],
  tick(emulator) {
    const now = emulator.clock.seconds();
    for (const transaction of records(emulator).all()) {
      if (transaction.status === "pending" && transaction.available_on <= now) {
        records(emulator).update(transaction.id, { status: "available" });
      }
    }
  },
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.BalanceTransaction>("balance_transaction");
}

function list(emulator: Emulator, params: Stripe.BalanceTransactionListParams) {
  const paidOut = params.payout && transactionsPaidOut(emulator, params.payout);
  const matching = records(emulator)
    .all()
    .filter(
      (transaction) =>
        (params.source === undefined || transaction.source === params.source) &&
        (params.type === undefined || transaction.type === params.type) &&
        (params.currency === undefined || transaction.currency === params.currency) &&
        (!paidOut || paidOut.includes(transaction.id)),
    );
  return listPage(matching, params, "/v1/balance_transactions");
}

/**
 * The movements that an automatic payout carried to the bank: those that became available since
 * the payout before it, and its own.
 */
function transactionsPaidOut(emulator: Emulator, payoutId: string): string[] {
  const payouts = emulator.records<Stripe.Payout>("payout");
  const payout = payouts.get(payoutId, "payout");
  const before = payouts
    .all()
    .filter((other) => other.automatic && other.created < payout.created)
    .reduce((latest, other) => Math.max(latest, other.created), 0);
  return records(emulator)
    .all()
    .filter(
      ({ available_on: at, source, type }) =>
        source === payoutId || (type !== "payout" && at > before && at <= payout.created),
    )
    .map(({ id }) => id);
}

/** What each kind of movement is called in Stripe's reports, unless it is `PARTIAL_CAPTURE_REVERSAL`. */
const REPORTING_CATEGORIES = {
  adjustment: "dispute",
  charge: "charge",
  payment: "charge",
  payment_refund: "refund",
  payout: "payout",
  payout_failure: "payout_reversal",
  refund: "refund",
  refund_failure: "refund_failure",
  transfer: "transfer",
  transfer_refund: "transfer_reversal",
};

/** What takes back what was not captured of a charge: a refund by its type, and none by this. */
export const PARTIAL_CAPTURE_REVERSAL = "partial_capture_reversal";

export type Movement = {
  type: keyof typeof REPORTING_CATEGORIES;
  source: string;
  /** Negative when money leaves. */
  amount: number;
  fee?: number;
  currency: string;
  description: string | null;
  /** When the money can be used, in seconds since 1970; at once when left out. */
  availableOn?: number;
  category?: typeof PARTIAL_CAPTURE_REVERSAL;
};

/** Books a movement of the account's money; amounts in cents. */
export function bookTransaction(emulator: Emulator, movement: Movement): Stripe.BalanceTransaction {
  const { type, amount, fee = 0, currency } = movement;
  const created = emulator.clock.seconds();
  const availableOn = movement.availableOn ?? created;
  return records(emulator).add({
    id: newId("txn_1"),
    object: "balance_transaction",
    amount,
    available_on: availableOn,
    balance_type: "payments",
    created,
    currency,
    description: movement.description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [feeDetail(type, fee, currency)],
    net: amount - fee,
    reporting_category: movement.category ?? REPORTING_CATEGORIES[type],
    source: movement.source,
    status: availableOn > created ? "pending" : "available",
    type,
  });
}

function feeDetail(type: Movement["type"], amount: number, currency: string) {
  const description = type === "adjustment" ? "Dispute fee" : "Stripe processing fees";
  return { amount, application: null, currency, description, type: "stripe_fee" };
}

/** When the money of a card that is charged now can be used, in seconds since 1970. */
export function cardMoneyAvailableOn(emulator: Emulator): number {
  return emulator.clock.seconds() + SECONDS_UNTIL_AVAILABLE;
}

/**
 * What the account has, in cents.
 *
 * @param status `pending` for what can't be used yet
 */
export function balanceOf(emulator: Emulator, status: "available" | "pending"): number {
  return records(emulator)
    .all()
    .filter((transaction) => transaction.status === status)
    .reduce((sum, transaction) => sum + transaction.net, 0);
}

function retrieveBalance(emulator: Emulator): Stripe.Balance {
  function total(status: "available" | "pending") {
    const amount = balanceOf(emulator, status);
    return [{ amount, currency: "usd", source_types: { card: amount } }];
  }
  return {
    object: "balance",
    available: total("available"),
    livemode: false,
    pending: total("pending"),
  };
}
