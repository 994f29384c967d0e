import { writeCsv } from "~/lib/csv";

import { earningTitle, holdWords, stateWords } from "./earnings";
import type { Earning } from "./earnings.server";

/**
 * What a coach earned as a file for their books, a row a session.
 *
 * @param earnings to write
 * @param timeZone in which the days are theirs
 */
export function earningsCsv(earnings: readonly Earning[], timeZone: string): string {
  // Years first, as in every program: 2026-11-26.
  const day = new Intl.DateTimeFormat("en-CA", { timeZone });
  return writeCsv(
    [
      `Date (${timeZone})`,
      "Client",
      "Offer",
      "Client paid (USD)",
      "Returned (USD)",
      "Fee (USD)",
      "Added by Walkthrough (USD)",
      "Your share (USD)",
      "Sent (USD)",
      "Kept back (USD)",
      "State",
      "Reason",
      "Session",
    ],
    earnings.map((earning) => [
      day.format(new Date(earning.starts_at)),
      earning.client_name || "A former member",
      earningTitle(earning),
      decimals(earning.paid_cents),
      decimals(earning.refunded_cents),
      decimals(earning.fee_cents),
      decimals(earning.subsidy_cents),
      decimals(earning.share_cents),
      decimals(earning.sent_cents),
      decimals(earning.netted_cents),
      stateWords(earning),
      holdWords(earning),
      earning.booking_id ?? earning.missed_booking_id ?? earning.order_id,
    ]),
  );
}

/** Cents as dollars with two places, which no rounding touches. */
function decimals(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
