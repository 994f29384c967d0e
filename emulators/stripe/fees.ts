/** What Stripe keeps, in cents but for the share. */
export type Fees = {
  /** Of a card payment, in percent. */
  chargePercent: number;
  chargeFixed: number;
  /** For a payment that its payer's bank takes back. */
  dispute: number;
};

/** Stripe's prices in the US: 2.9 % and 30 cents a card payment, 15 dollars a dispute. */
export const US_FEES: Fees = { chargePercent: 2.9, chargeFixed: 30, dispute: 1_500 };

/** The fee for a card payment of this many cents. */
export function processingFee(fees: Fees, amount: number): number {
  return Math.round((amount * fees.chargePercent) / 100) + fees.chargeFixed;
}
