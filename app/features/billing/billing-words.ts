import { refusedWords } from "~/features/orders/refund-words";
import { formatMoney } from "~/lib/format-money";

type Paid = {
  status: "succeeded" | "failed" | "surplus" | "authorized" | "released";
  gross_cents: number;
  returned_cents: number;
  returning_cents: number;
  /** What their bank refused of what was to come back, and they still lack. */
  refused_cents: number;
};

/** What a payment is for. */
export function paymentTitle(payment: { offer_title: string; is_no_show_fee: boolean }): string {
  return payment.is_no_show_fee ? `No-show fee: ${payment.offer_title}` : payment.offer_title;
}

/** How a payment stands, in a word or two. */
export function paymentStateWords({
  status,
  gross_cents,
  returned_cents,
  returning_cents,
  refused_cents,
}: Paid) {
  if (status === "failed") return "Declined";
  if (status === "released") return "Not charged";
  if (status === "authorized") return "On hold at your bank";
  if (refused_cents > 0) return "Refund refused";
  if (returned_cents >= gross_cents) return "Refunded";
  if (returning_cents > 0) return "Refund on its way";
  return returned_cents > 0 ? "Partly refunded" : "Paid";
}

/** What came back of a payment, is on its way or was refused; null when nothing does. */
export function returnedWords({
  returned_cents,
  returning_cents,
  refused_cents,
}: Paid): string | null {
  const exact = (cents: number) => formatMoney(cents, { alwaysCents: true });
  const parts = [
    ...(returned_cents > 0 ? [`${exact(returned_cents)} came back`] : []),
    ...(returning_cents > 0 ? [`${exact(returning_cents)} is on its way back`] : []),
  ];
  const sentences = [
    ...(parts.length > 0 ? [`${parts.join(", ")}.`] : []),
    ...(refused_cents > 0 ? [refusedWords(exact(refused_cents))] : []),
  ];
  return sentences.length > 0 ? sentences.join(" ") : null;
}
