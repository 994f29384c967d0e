import { formatMoney } from "~/lib/format-money";

type Paid = {
  status: "succeeded" | "failed" | "surplus" | "authorized" | "released";
  gross_cents: number;
  returned_cents: number;
  returning_cents: number;
};

/** What a payment is for. */
export function paymentTitle(payment: { offer_title: string; is_no_show_fee: boolean }): string {
  return payment.is_no_show_fee ? `No-show fee: ${payment.offer_title}` : payment.offer_title;
}

/** How a payment stands, in a word or two. */
export function paymentStateWords({ status, gross_cents, returned_cents, returning_cents }: Paid) {
  if (status === "failed") return "Declined";
  if (status === "released") return "Not charged";
  if (status === "authorized") return "On hold at your bank";
  if (returned_cents >= gross_cents) return "Refunded";
  if (returning_cents > 0) return "Refund on its way";
  return returned_cents > 0 ? "Partly refunded" : "Paid";
}

/** What came back of a payment or is on its way; null when nothing does. */
export function returnedWords({ returned_cents, returning_cents }: Paid): string | null {
  const exact = (cents: number) => formatMoney(cents, { alwaysCents: true });
  const parts = [
    ...(returned_cents > 0 ? [`${exact(returned_cents)} came back`] : []),
    ...(returning_cents > 0 ? [`${exact(returning_cents)} is on its way back`] : []),
  ];
  return parts.length > 0 ? `${parts.join(", ")}.` : null;
}
