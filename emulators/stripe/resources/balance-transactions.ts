import type Stripe from "stripe";

import { listPage } from "../api/list.ts";
import { newId } from "../api/new-id.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

const DAYS_UNTIL_AVAILABLE = 2;
const DAY_SECONDS = 24 * 60 * 60;

/** Every movement of the account's money, and what is in it. */
export const balanceTransactions: Resource = {
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
  const matching = records(emulator)
    .all()
    .filter(
      (transaction) =>
        (params.source === undefined || transaction.source === params.source) &&
        (params.type === undefined || transaction.type === params.type) &&
        (params.currency === undefined || transaction.currency === params.currency) &&
        params.payout === undefined, // nothing is paid out to a bank here
    );
  return listPage(matching, params, "/v1/balance_transactions");
}

/** Stripe's fee for a card payment in the US, in cents: 2.9 % and 30. */
export function processingFee(amount: number): number {
  return Math.round(amount * 0.029) + 30;
}

/**
 * Books a movement of money.
 *
 * @param movement amounts in cents, negative when money leaves
 */
export function bookTransaction(
  emulator: Emulator,
  movement: {
    type: "charge" | "refund" | "refund_failure";
    source: string;
    amount: number;
    fee: number;
    currency: string;
    description: string | null;
  },
): Stripe.BalanceTransaction {
  const { type, amount, fee, currency } = movement;
  const created = emulator.clock.seconds();
  const isCharge = type === "charge";
  return records(emulator).add({
    id: newId("txn_1"),
    object: "balance_transaction",
    amount,
    available_on: created + (isCharge ? DAYS_UNTIL_AVAILABLE * DAY_SECONDS : 0),
    balance_type: "payments",
    created,
    currency,
    description: movement.description,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency,
              description: "Stripe processing fees",
              type: "stripe_fee",
            },
          ],
    net: amount - fee,
    reporting_category: type,
    source: movement.source,
    status: isCharge ? "pending" : "available",
    type,
  });
}

function retrieveBalance(emulator: Emulator): Stripe.Balance {
  const transactions = records(emulator).all();
  function total(status: string) {
    const amount = transactions
      .filter((transaction) => transaction.status === status)
      .reduce((sum, transaction) => sum + transaction.net, 0);
    return [{ amount, currency: "usd", source_types: { card: amount } }];
  }
  return {
    object: "balance",
    available: total("available"),
    livemode: false,
    pending: total("pending"),
  };
}
