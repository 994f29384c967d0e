import { dollars, sessionTime } from "./format.ts";
import { counterpart, type MailBooking, type MailLeftOut } from "./notification.ts";

/** What both read of the dates that the coach did not take, and the client of what becomes of their money. */
export function leftOutParagraphs(booking: MailBooking, leftOut: MailLeftOut): string[] {
  const { sessions, reason } = leftOut;
  const isClient = booking.party === "client";
  const these = sessions.length === 1 ? "this one" : `these ${sessions.length}`;
  return [
    isClient
      ? `${counterpart(booking)} could not take ${these}:`
      : `You did not take ${these}, and the time is free again:`,
    ...sessions.map(({ starts_at, ends_at }) => sessionTime(starts_at, ends_at, booking.time_zone)),
    ...(reason ? [`The reason given: ${reason}`] : []),
    ...(isClient ? [moneySentence(booking, leftOut)] : []),
  ];
}

function moneySentence({ credit_of }: MailBooking, leftOut: MailLeftOut): string {
  const { sessions, credits_back, let_go_cents } = leftOut;
  const [it, they] = sessions.length === 1 ? ["It", "it"] : ["They", "they"];
  if (!credit_of) {
    return `You are not charged for ${they === "it" ? "it" : "them"}: your bank lets go of the ${dollars(let_go_cents)} that it held. That can take some days to show.`;
  }
  return credits_back > 0
    ? `${it} went back to your ${credit_of}, to be booked for another time.`
    : `What ${they} cost goes back to your card, because your ${credit_of} has ended.`;
}
