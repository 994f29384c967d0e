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

/** What is left of a package, and what is still to come of one that is paid in parts. */
export type SessionsLeft = {
  sessions_paid: number;
  credits_left: number;
  sessions_to_come: number;
  payments_to_come: number;
};

/**
 * What is left of a package to book with. Of one that is paid in parts, sessions that are not paid for yet
 * are named by themselves, so that nobody takes them for used.
 *
 * @param own the package
 * @param whose whose payments are to come: the reader's own, or their client's
 * @returns "5 of 6 sessions left", or "2 sessions left to book · 4 more come with your next 2 payments"
 */
export function leftWords(own: SessionsLeft, whose: "your" | "their"): string {
  const { credits_left: left, sessions_to_come: more, payments_to_come: payments } = own;
  if (more > 0) {
    const next = payments === 1 ? "next payment" : `next ${payments} payments`;
    const come = more === 1 ? "comes" : "come";
    return `${left === 0 ? "Nothing" : sessionsWords(left)} left to book · ${more} more ${come} with ${whose} ${next}`;
  }
  return left === 0 ? "Nothing is left" : `${left} of ${sessionsWords(own.sessions_paid)} left`;
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
