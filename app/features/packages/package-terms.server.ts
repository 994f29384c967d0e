import { sessionCents } from "~/features/offers/offer-schema";
import { formatDuration } from "~/lib/format-date";
import { formatPrice } from "~/lib/format-money";

import { savingWords, sessionsWords, validWords } from "./package-words";

type SoldOffer = {
  id: string;
  kind: string;
  duration_minutes: number;
  price_cents: number;
  session_count: number | null;
  valid_months: number | null;
};

/**
 * What a coach's single session of some length costs: what a package is compared with.
 *
 * @param offers all that the coach has on sale
 * @param minutes the length
 * @returns cents, of the cheapest; null when there is none
 */
function singleSessionCents(
  offers: Pick<SoldOffer, "kind" | "duration_minutes" | "price_cents">[],
  minutes: number,
): number | null {
  const prices = offers
    .filter(({ kind, duration_minutes }) => kind === "session" && duration_minutes === minutes)
    .map(({ price_cents }) => price_cents);
  return prices.length > 0 ? Math.min(...prices) : null;
}

/**
 * What each package on a coach's page gives, in lines. Worded here, so that the page's script is none
 * the larger.
 *
 * @param offers all that the coach has on sale
 * @returns lines by the id of the offer; only packages are there
 */
export function packageTerms(offers: SoldOffer[]): Record<string, string[]> {
  const terms: Record<string, string[]> = {};
  for (const offer of offers) {
    const { id, session_count, valid_months, duration_minutes: minutes } = offer;
    if (session_count === null) continue;
    const saving = savingWords({ ...offer, session_count }, singleSessionCents(offers, minutes));
    terms[id] = [
      `${sessionsWords(session_count)} of ${formatDuration(minutes)}, ${formatPrice(sessionCents(offer))} each, ${validWords(valid_months ?? 0)}.`,
      ...(saving ? [`${saving}.`] : []),
    ];
  }
  return terms;
}
