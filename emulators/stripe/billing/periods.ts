import type Stripe from "stripe";

export type Period = { start: number; end: number };

/**
 * The first end of a billing period after a moment. Periods are counted from the anchor, so that
 * a membership of January 31 renews on the last day of each month.
 *
 * @param anchor when the first period began; all times in seconds since 1970
 */
export function nextPeriodEnd(
  anchor: number,
  { interval, interval_count: count }: Stripe.Price.Recurring,
  after: number,
): number {
  let end = anchor;
  for (let number = 1; end <= after; number += 1) end = add(anchor, interval, count * number);
  return end;
}

function add(anchor: number, interval: string, count: number): number {
  if (interval === "day") return anchor + count * 24 * 60 * 60;
  if (interval === "week") return anchor + count * 7 * 24 * 60 * 60;
  const months = interval === "year" ? count * 12 : count;
  const from = new Date(anchor * 1000);
  const to = new Date(anchor * 1000);
  to.setUTCMonth(from.getUTCMonth() + months);
  // A month without that day: its last one.
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to.getTime() / 1000;
}
