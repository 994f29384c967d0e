import { formatPrice } from "~/lib/format-money";

/** "valid for 6 months", "valid for a year". */
export function validWords(months: number): string {
  if (months === 12) return "valid for a year";
  return months === 1 ? "valid for a month" : `valid for ${months} months`;
}

/** "1 session", "6 sessions". */
export function sessionsWords(count: number): string {
  return count === 1 ? "1 session" : `${count} sessions`;
}

/**
 * What a package saves against buying its sessions one by one.
 *
 * @param offer the package
 * @param single what the coach's session of the same length costs, in cents; null when there is none
 * @returns "Saves $120 on single sessions"; null when it saves nothing
 */
export function savingWords(
  offer: { price_cents: number; session_count: number },
  single: number | null,
): string | null {
  const saved = single === null ? 0 : single * offer.session_count - offer.price_cents;
  return saved > 0 ? `Saves ${formatPrice(saved)} on single sessions` : null;
}
