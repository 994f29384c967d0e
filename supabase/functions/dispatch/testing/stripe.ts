/** What Stripe answers here to more than one topic. */

export function stripeError(code: string, type = "invalid_request_error") {
  return { error: { type, code, message: "Stripe says no." } };
}

export const intent = {
  id: "pi_1",
  object: "payment_intent",
  amount_capturable: 0,
  amount_received: 15000,
  currency: "usd",
  latest_charge: "ch_1",
  metadata: {},
};

/** The same as the database is told of it. */
export const recorded = { ...intent, object: undefined, metadata: undefined, tax_cents: 0 };

/** What takes back what was not captured of a charge: Stripe books all that was held at first. */
export const reversal = {
  id: "re_rest",
  object: "refund",
  charge: "ch_1",
  amount: 5000,
  status: "succeeded",
  metadata: {},
  balance_transaction: {
    id: "txn_2",
    object: "balance_transaction",
    amount: -5000,
    fee: -145,
    reporting_category: "partial_capture_reversal",
  },
};
