import { formatMoney } from "~/lib/format-money";

import type { ThreadEvent } from "./thread-event";

/**
 * What happened, in words for one of the two.
 *
 * @param event what
 * @param name the other party's
 * @returns a sentence without its end: for sessions, the time follows
 */
export function eventWords(event: ThreadEvent, name: string): string {
  const { kind, sessionCount, offerTitle, amountCents } = event;
  const who = event.isOwn
    ? "You"
    : event.actor === "client" || event.actor === "coach"
      ? name
      : null;
  const what = sessionCount > 1 ? `${sessionCount} sessions of ${offerTitle}` : offerTitle;
  const amount = formatMoney(amountCents ?? 0);
  if (kind === "booked") return `Booked: ${what}`;
  if (kind === "moved") return who ? `${who} moved ${what}` : `Moved: ${what}`;
  if (kind === "cancelled") return who ? `${who} cancelled ${what}` : `Cancelled: ${what}`;
  if (kind === "paid") return `${who ?? name} paid ${amount} for ${what}`;
  if (kind === "refunded") return `${amount} went back for ${offerTitle}`;
  return `${who ?? name} reviewed ${offerTitle}`;
}
