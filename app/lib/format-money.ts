const wholeDollars = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});
const dollarsAndCents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/**
 * Money for a person to read.
 *
 * @param cents whole US cents; negative for money going out
 * @param options `alwaysCents` writes `$60.00`, for columns and receipts; otherwise `$60` and `$59.50`
 */
export function formatMoney(cents: number, options: { alwaysCents?: boolean } = {}): string {
  const format = options.alwaysCents || cents % 100 !== 0 ? dollarsAndCents : wholeDollars;
  // A true minus sign, as wide as a plus.
  return format.format(cents / 100).replace("-", "−");
}

/**
 * What something costs, as a price tag says it.
 *
 * @param cents whole US cents; nothing is free
 */
export function formatPrice(cents: number): string {
  return cents === 0 ? "Free" : formatMoney(cents);
}
