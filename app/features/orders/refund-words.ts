import { formatDate, formatDateTime } from "~/lib/format-date";
import { formatMoney } from "~/lib/format-money";

export type Refund = {
  amount_cents: number;
  status: "requested" | "succeeded" | "failed";
  settled_at: string | null;
};

type Reader = { isClient: boolean; timeZone: string };

/**
 * Where a refund is on its way, for one of the parties.
 *
 * @param refund from the history of an order
 * @param reader which party, and their zone
 */
export function refundWords(refund: Refund, reader: Reader): string {
  const amount = formatMoney(refund.amount_cents, { alwaysCents: true });
  switch (refund.status) {
    case "requested":
      return reader.isClient
        ? `${amount} is on its way back to your card.`
        : `${amount} is on its way back to the client.`;
    case "succeeded": {
      const day = refund.settled_at ? ` on ${formatDate(refund.settled_at, reader.timeZone)}` : "";
      return reader.isClient
        ? `${amount} went back to your card${day}. Banks take five to ten business days to show it.`
        : `${amount} went back to the client${day}.`;
    }
    case "failed":
      return reader.isClient
        ? `Your bank refused a refund of ${amount}. We have seen it and will be in touch.`
        : `A refund of ${amount} to the client was refused by their bank. We are on it.`;
  }
}

export type Quote = {
  paid_cents: number;
  refund_cents: number;
  full_until: string;
  partial_until: string;
  partial_refund_percent: number;
};

/**
 * What comes back when somebody cancels at this moment, and until when that is so.
 *
 * @param quote of refund_quote; it counts, this only words it
 * @param reader which party, and their zone
 * @param now this moment
 * @returns sentences
 */
export function quoteWords(quote: Quote, reader: Reader, now: Date): string[] {
  if (quote.paid_cents === 0) return ["Nothing was paid for it, so nothing has to come back."];

  const paid = formatMoney(quote.paid_cents, { alwaysCents: true });
  const back = formatMoney(quote.refund_cents, { alwaysCents: true });
  if (!reader.isClient) {
    return [`Your client gets back all of the ${paid} they paid, and you earn nothing for it.`];
  }

  const ends = nextChange(quote, now);
  const amount = amountWords(quote, back, paid);
  if (!ends) return [amount];
  return [
    amount,
    `That is so until ${formatDateTime(ends.at, reader.timeZone)}. After that, ${ends.then}.`,
  ];
}

/**
 * What comes back when somebody cancels a session and all of its series that follow.
 *
 * @param quotes of following_refund_quotes, one of each; it counts, this only words it
 * @param reader which party
 * @returns sentences
 */
export function followingQuoteWords(
  quotes: { refund_cents: number }[],
  reader: Pick<Reader, "isClient">,
): string[] {
  const cents = quotes.reduce((sum, { refund_cents }) => sum + refund_cents, 0);
  const back = formatMoney(cents, { alwaysCents: true });
  if (!reader.isClient) {
    return [`Your client gets back ${back} for these ${quotes.length} sessions.`];
  }
  return [
    cents === 0
      ? `Nothing comes back for these ${quotes.length} sessions.`
      : `${back} comes back to your card.`,
    "What comes back for each depends on how soon it is.",
  ];
}

function amountWords(quote: Quote, back: string, paid: string): string {
  if (quote.refund_cents === 0) return `Nothing of the ${paid} you paid comes back.`;
  return quote.refund_cents === quote.paid_cents
    ? `All of the ${paid} you paid comes back to your card.`
    : `${back} of the ${paid} you paid comes back to your card.`;
}

/** When the share changes next, and to what; null when it changes no more. */
function nextChange(quote: Quote, now: Date): { at: string; then: string } | null {
  const percent = quote.partial_refund_percent;
  const fullUntil = new Date(quote.full_until);
  const partialUntil = new Date(quote.partial_until);
  const hasPartial = partialUntil > fullUntil && percent > 0;
  if (now < fullUntil) {
    const then = hasPartial ? `${percent}% comes back` : "nothing comes back";
    return { at: quote.full_until, then };
  }
  if (hasPartial && now < partialUntil) {
    return { at: quote.partial_until, then: "nothing comes back" };
  }
  return null;
}
