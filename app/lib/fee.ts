/**
 * The platform's fee as people say it: "15%", "12.5%".
 *
 * @param basisPoints hundredths of a percent
 */
export function feePercent(basisPoints: number): string {
  return `${basisPoints / 100}%`;
}

/**
 * What is left of a price for the coach.
 *
 * @param cents the price
 * @param basisPoints the fee, in hundredths of a percent
 * @returns cents
 */
export function coachShare(cents: number, basisPoints: number): number {
  return cents - Math.round((cents * basisPoints) / 10_000);
}
