/** What Stripe keeps, in cents but for the share. */
export type Fees = {
  /** Of a card payment, in percent. */
  chargePercent: number;
  chargeFixed: number;
  /** Of a payment from a bank account, in percent, and at most. */
  bankPercent: number;
  bankMost: number;
  /** For a payment that its payer's bank takes back. */
  dispute: number;
};

/**
 * Stripe's prices in the US: 2.9 % and 30 cents of a card payment, 0.8 % up to 5 dollars of one from
 * a bank account, 15 dollars for a dispute.
 */
export const US_FEES: Fees = {
  chargePercent: 2.9,
  chargeFixed: 30,
  bankPercent: 0.8,
  bankMost: 500,
  dispute: 1_500,
};

/** The fee for a card payment of this many cents. */
export function cardFee(fees: Fees, amount: number): number {
  return Math.round((amount * fees.chargePercent) / 100) + fees.chargeFixed;
}

/** The fee for this many cents from a bank account. */
export function bankFee(fees: Fees, amount: number): number {
  return Math.min(Math.round((amount * fees.bankPercent) / 100), fees.bankMost);
}
