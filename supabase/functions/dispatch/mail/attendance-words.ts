import { dollars, moment } from "./format.ts";
import { feeConsequence } from "./no-show-fee-words.ts";
import { counterpart, type MailAttendance, type MailBooking } from "./notification.ts";

/**
 * What each party reads when one is said to have been missing, or when it can’t be told who came: what
 * follows, and until when they may object.
 */
export function decidedParagraphs(booking: MailBooking): string[] {
  const attendance = decisionOf(booking);
  const until = moment(attendance.objection_ends_at, booking.time_zone);
  const mayObject = ["unknown", `${booking.party}_missing`].includes(attendance.outcome);
  return [
    attendance.sentence,
    ...(attendance.outcome === "unknown" ? ["So we can’t tell who came."] : []),
    mayObject
      ? `If it was otherwise, say so on the session’s page by ${until}. A person of our team looks at it, and no money moves meanwhile.`
      : `${counterpart(booking)} can object until ${until}.`,
    `After that, ${attendance.outcome === "unknown" ? "the session counts as held: " : ""}${consequence(attendance.outcome, booking)}`,
  ];
}

/** What both read when somebody objects. */
export function objectedParagraphs(booking: MailBooking): string[] {
  const { objected_by, objection } = decisionOf(booking);
  const who = objected_by === booking.party ? "You object" : `${counterpart(booking)} objects`;
  return [
    `${who} to what was decided about who came:`,
    `“${objection ?? ""}”`,
    "We look at it and write to both of you. No money moves until then.",
  ];
}

/** What both read when it is settled, by an admin or because nobody objected. */
export function settledParagraphs(booking: MailBooking): string[] {
  const { outcome, settled_outcome, settled_reason } = decisionOf(booking);
  const settled = settled_outcome ?? outcome;
  return [
    settled_reason ? `We looked at it: ${SETTLED[settled]}` : "Nobody objected in time.",
    ...(settled_reason ? [`Why: ${settled_reason}`] : []),
    capitalize(consequence(settled, booking)),
  ];
}

const SETTLED: Record<MailAttendance["outcome"], string> = {
  held: "the session took place.",
  client_missing: "the client did not come.",
  coach_missing: "the coach did not come.",
  unknown: "it can’t be told who came.",
};

/** What becomes of the money. */
function consequence(outcome: MailAttendance["outcome"], booking: MailBooking): string {
  if (booking.credit_of) {
    return outcome === "coach_missing"
      ? `it goes back to ${booking.party === "client" ? "your" : "the client’s"} ${booking.credit_of}, or as money once ${booking.credit_of === "package" ? "that" : "the period that it was booked in"} has ended.`
      : `it stays used${outcome === "client_missing" ? feeConsequence(booking) : ""}.`;
  }
  if (booking.paid_cents === 0) return "nothing was paid for it, so no money moves.";
  const paid = dollars(booking.paid_cents);
  if (outcome !== "coach_missing") return `the payment of ${paid} stays as it is.`;
  return booking.party === "client"
    ? `all of it, ${paid}, goes back to your card; banks take five to ten days to show it.`
    : `all of it, ${paid}, goes back to ${booking.client_name}.`;
}

function decisionOf(booking: MailBooking): MailAttendance {
  if (!booking.attendance) throw new Error(`Nothing was decided about ${booking.booking_id}.`);
  return booking.attendance;
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
