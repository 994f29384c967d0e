import { formatDate, formatDateTime } from "~/lib/format-date";
import { formatMoney } from "~/lib/format-money";

export type Refund = {
  /** Of the price, and the tax that goes back with it. */
  amount_cents: number;
  tax_cents: number;
  status: "requested" | "succeeded" | "failed";
  settled_at: string | null;
  /** Whether we gave it back in another way than to the card. */
  is_elsewhere: boolean;
};

type Reader = { isClient: boolean; timeZone: string };

/**
 * Where a refund is on its way, for one of the parties: with its tax for the client who paid that.
 *
 * @param refund from the history of an order
 * @param reader which party, and their zone
 */
export function refundWords(refund: Refund, reader: Reader): string {
  const tax = reader.isClient ? refund.tax_cents : 0;
  const amount = formatMoney(refund.amount_cents + tax, { alwaysCents: true }) + includingTax(tax);
  switch (refund.status) {
    case "requested":
      return reader.isClient
        ? `${amount} is on its way back to your card.`
        : `${amount} is on its way back to the client.`;
    case "succeeded": {
      const day = refund.settled_at ? ` on ${formatDate(refund.settled_at, reader.timeZone)}` : "";
      if (refund.is_elsewhere && reader.isClient)
        return `We gave you ${amount} back${day}, in another way than to your card.`;
      return reader.isClient
        ? `${amount} went back to your card${day}. Banks take five to ten business days to show it.`
        : `${amount} went back to the client${day}.`;
    }
    case "failed":
      return reader.isClient
        ? refusedWords(amount)
        : `A refund of ${amount} to the client was refused by their bank. We are on it.`;
  }
}

/**
 * What the client reads of what their bank refused, wherever it is shown.
 *
 * @param amount in words, with its tax
 */
export function refusedWords(amount: string): string {
  return `Your bank refused a refund of ${amount}. We have seen it and will be in touch.`;
}

/** " (including $6.19 tax)"; nothing where there is none. */
function includingTax(cents: number): string {
  return cents > 0 ? ` (including ${formatMoney(cents, { alwaysCents: true })} tax)` : "";
}

export type Quote = {
  paid_cents: number;
  refund_cents: number;
  /** What of the tax comes back with it. */
  refund_tax_cents: number;
  full_until: string;
  partial_until: string;
  partial_refund_percent: number;
  /** Whether it was booked with a credit, and whether that comes back in place of money. */
  uses_credit: boolean;
  returns_credit: boolean;
};

/** "The session goes back to what paid for it.": a package or a membership. */
export function creditsBackWords(count: number): string {
  return count === 1
    ? "The session goes back to what paid for it."
    : `${count} sessions go back to what paid for them.`;
}

/**
 * What comes back when somebody cancels at this moment, and until when that is so.
 *
 * @param quote of refund_quote; it counts, this only words it
 * @param reader which party, and their zone
 * @param now this moment
 * @returns sentences
 */
export function quoteWords(quote: Quote, reader: Reader, now: Date): string[] {
  if (quote.returns_credit) return creditQuoteWords(quote, reader, now);
  if (quote.paid_cents === 0 && quote.uses_credit) {
    return quote.refund_cents > 0
      ? endedPeriodWords(quote, reader)
      : ["It is used up: nothing comes back this late."];
  }
  if (quote.paid_cents === 0) return ["Nothing was paid for it, so nothing has to come back."];

  const paid = formatMoney(quote.paid_cents, { alwaysCents: true });
  const back = formatMoney(quote.refund_cents, { alwaysCents: true });
  if (!reader.isClient) {
    return [`Your client gets back all of the ${paid} they paid, and you earn nothing for it.`];
  }

  const ends = nextChange(quote, now);
  const amount = quote.uses_credit
    ? usedUpWords(quote, back, paid)
    : amountWords(quote, back, paid);
  const amounts = [amount, ...taxQuoteWords(quote)];
  if (!ends) return amounts;
  return [
    ...amounts,
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
  quotes: { refund_cents: number; returns_credit: boolean }[],
  reader: Pick<Reader, "isClient">,
): string[] {
  const credits = quotes.filter(({ returns_credit }) => returns_credit).length;
  const each = reader.isClient ? ["What comes back for each depends on how soon it is."] : [];
  if (credits > 0 && quotes.every(({ refund_cents }) => refund_cents === 0)) {
    return [creditsBackWords(credits), ...each];
  }
  const cents = quotes.reduce((sum, { refund_cents }) => sum + refund_cents, 0);
  const back = formatMoney(cents, { alwaysCents: true });
  if (!reader.isClient) {
    return [`Your client gets back ${back} for these ${quotes.length} sessions.`];
  }
  return [
    cents === 0
      ? `Nothing comes back for these ${quotes.length} sessions.`
      : `${back} comes back to your card.`,
    ...(credits > 0 ? [creditsBackWords(credits)] : []),
    ...each,
  ];
}

function creditQuoteWords(quote: Quote, reader: Reader, now: Date): string[] {
  // A session of a membership costs nothing by itself.
  const source = quote.paid_cents === 0 ? "membership" : "package";
  if (!reader.isClient) {
    return [`The session goes back to your client’s ${source}, and you earn nothing for it.`];
  }
  const back = `The session goes back to your ${source}.`;
  const ends = nextChange(quote, now);
  if (!ends) return [back, "No money moves."];
  const then = quote.paid_cents === 0 ? "it is used up" : `it is used up, and ${ends.then}`;
  return [
    back,
    `That is so until ${formatDateTime(ends.at, reader.timeZone)}. After that ${then}.`,
  ];
}

/** Of a session of a membership whose period is over: it can't go back there. */
function endedPeriodWords(quote: Quote, reader: Reader): string[] {
  const back = formatMoney(quote.refund_cents, { alwaysCents: true });
  return reader.isClient
    ? [
        `Its period is over, so its part of that period’s price, ${back}, comes back to your card.`,
        ...taxQuoteWords(quote),
      ]
    : [
        `Its period is over, so your client gets back its part of that period’s price, ${back}, and you earn nothing for it.`,
      ];
}

function taxQuoteWords({ refund_tax_cents: tax }: Quote): string[] {
  return tax > 0 ? [`With it, ${formatMoney(tax, { alwaysCents: true })} of tax comes back.`] : [];
}

function usedUpWords(quote: Quote, back: string, paid: string): string {
  if (quote.refund_cents === 0) return "The session is used up, and nothing comes back.";
  return quote.refund_cents === quote.paid_cents
    ? `Its package has ended, so all of the ${paid} it cost comes back to your card.`
    : `The session is used up. ${back} of the ${paid} it cost comes back to your card.`;
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
