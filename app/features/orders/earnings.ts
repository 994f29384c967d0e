type Amounts = {
  paid_cents: number;
  refunded_cents: number;
  fee_cents: number;
  share_cents: number;
  is_released: boolean;
};

export type EarningTotals = {
  paid: number;
  refunded: number;
  fee: number;
  share: number;
  /** The part of `share` that is the coach's for good, and the part that is not yet. */
  available: number;
  pending: number;
};

/** Adds up what a coach earned. All in cents. */
export function totalEarnings(earnings: readonly Amounts[]): EarningTotals {
  const totals = { paid: 0, refunded: 0, fee: 0, share: 0, available: 0, pending: 0 };
  for (const earning of earnings) {
    totals.paid += earning.paid_cents;
    totals.refunded += earning.refunded_cents;
    totals.fee += earning.fee_cents;
    totals.share += earning.share_cents;
    totals[earning.is_released ? "available" : "pending"] += earning.share_cents;
  }
  return totals;
}

/**
 * Where the money of a session is.
 *
 * @param earning what became of it
 * @returns "Refunded" once nothing is left for the coach
 */
export function earningState(earning: Amounts): "Available" | "Pending" | "Refunded" {
  if (earning.refunded_cents > 0 && earning.share_cents === 0) return "Refunded";
  return earning.is_released ? "Available" : "Pending";
}
