import { dollars, moment } from "./format.ts";
import type { MailBooking } from "./notification.ts";
import type { Words } from "./words.ts";

type Fee = NonNullable<MailBooking["no_show_fee"]>;

/** What is said of the fee for a session of a membership that its client missed, by kind. */
export const NO_SHOW_FEE_WORDS: Record<string, (booking: MailBooking, fee: Fee) => Words> = {
  no_show_fee_paid: (booking, fee) =>
    booking.party === "client"
      ? {
          subject: `Paid: ${dollars(fee.cents)} for a session that you missed`,
          paragraphs: [
            `You did not come to ${booking.offer_title} with ${booking.coach_name}. ${dollars(fee.cents)} is paid for it, as you agreed when your membership began.`,
            "The receipt is on the page Billing, in your settings.",
          ],
          action: sessionPage(booking),
        }
      : {
          subject: `${booking.client_name} paid for a session that they missed`,
          paragraphs: [
            `${dollars(fee.cents)} is paid for ${booking.offer_title}, to which they did not come. Your share of it is yours and on its way.`,
          ],
          action: { label: "See your earnings", path: "/coach/earnings" },
        },
  no_show_fee_failed: (booking, fee) => ({
    subject: "Your payment for a session that you missed didn’t go through",
    paragraphs: [
      fee.needs_action
        ? `Your bank wants you to confirm the ${dollars(fee.cents)} that is due because you did not come to ${booking.offer_title} with ${booking.coach_name}. You can do so by paying on our page.`
        : `Your card was declined when ${dollars(fee.cents)} was due because you did not come to ${booking.offer_title} with ${booking.coach_name}. You can pay with another one.`,
      ...(fee.retry_at
        ? [
            `If you do nothing, we try your card again on ${moment(fee.retry_at, booking.time_zone)}.`,
          ]
        : []),
    ],
    action: { label: `Pay ${dollars(fee.cents)}`, path: `/bookings/${booking.booking_id}/fee` },
  }),
  no_show_fee_unpaid: (booking, fee) => ({
    subject: `Not paid: ${dollars(fee.cents)} for a missed session`,
    paragraphs:
      booking.party === "client"
        ? [
            `We could not charge ${dollars(fee.cents)} for ${booking.offer_title} with ${booking.coach_name}, to which you did not come. We do not try again, and nothing else follows from it.`,
          ]
        : [
            `We could not charge ${booking.client_name} the ${dollars(fee.cents)} for ${booking.offer_title}, to which they did not come. We do not try again.`,
          ],
    action: sessionPage(booking),
  }),
  no_show_fee_waived: (booking, fee) => ({
    subject: `Called off: ${dollars(fee.cents)} for a missed session`,
    paragraphs: [
      `We called off the ${dollars(fee.cents)} for ${booking.offer_title}.`,
      ...(fee.words ? [`Why: ${fee.words}`] : []),
      waivedSentence(booking, fee),
    ],
    action: sessionPage(booking),
  }),
};

/** What a client reads when they book; empty when it costs nothing not to come. */
export function feeNotice({ no_show_fee: fee }: MailBooking): string[] {
  if (!fee) return [];
  return [
    `If you don’t come, ${dollars(fee.cents)} is charged to the card you pay your membership with, unless you object within ${fee.objection_minutes / 60} hours.`,
  ];
}

/** What follows besides when the client did not come, to be added to a sentence; empty when nothing does. */
export function feeConsequence({ no_show_fee: fee, party, client_name }: MailBooking): string {
  if (!fee) return "";
  const card =
    party === "client" ? "the card you pay your membership with" : `${client_name}’s card`;
  return `, and ${dollars(fee.cents)} is charged to ${card}`;
}

function waivedSentence(booking: MailBooking, fee: Fee): string {
  if (booking.party === "coach") {
    return fee.is_paid ? "Your share of it is taken back." : "It is not charged.";
  }
  return fee.is_paid
    ? "All of it goes back to your card; banks take five to ten days to show it."
    : "Nothing is charged.";
}

function sessionPage({ booking_id }: MailBooking): Words["action"] {
  return { label: "View the session", path: `/bookings/${booking_id}` };
}
