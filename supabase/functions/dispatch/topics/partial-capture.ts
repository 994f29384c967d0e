import type Stripe from "stripe";

/**
 * Whether a refund takes back what was not captured of a charge: Stripe books all that a bank held, and
 * then takes the rest back, which was never the client's to get.
 * https://docs.stripe.com/reports/reporting-categories
 *
 * @param refund with its movement expanded
 */
export function isReversal({ balance_transaction: movement }: Stripe.Refund): boolean {
  return typeof movement === "object" && movement !== null && isReversing(movement);
}

/** The same of what it moved. */
export function isReversing({
  reporting_category: category,
}: Pick<Stripe.BalanceTransaction, "reporting_category">): boolean {
  return category === "partial_capture_reversal";
}
