import { decidedParagraphs, objectedParagraphs, settledParagraphs } from "./attendance-words.ts";
import { ahead, dollars, lowercase, moment, sessionTime } from "./format.ts";
import { leftOutParagraphs } from "./left-out-words.ts";
import { feeNotice } from "./no-show-fee-words.ts";
import { counterpart, type MailBooking, type Notification } from "./notification.ts";
import type { Words } from "./words.ts";

/** What is said of sessions, by the kind of notification. */
export const BOOKING_WORDS: Record<
  string,
  (booking: MailBooking, notification: Notification) => Words
> = {
  booking_confirmed: (booking) => ({
    subject: `Confirmed: ${what(booking)} with ${counterpart(booking)}`,
    paragraphs: [
      `Your ${counted(booking, "session", (count) => `${count} sessions`)} with ${counterpart(booking)} ${counted(booking, "is", () => "are")} confirmed.`,
      ...when(booking),
      ...(booking.left_out ? leftOutParagraphs(booking, booking.left_out) : []),
      ...(booking.party === "client"
        ? [
            booking.credit_of
              ? `It is paid for with your ${booking.credit_of}. ${fullRefundSentence(booking)}`
              : booking.paid_cents === 0
                ? "It is free. If you can’t come, cancel it, so that somebody else can have the time."
                : `You paid ${dollars(booking.paid_cents)}. ${fullRefundSentence(booking)}`,
            ...feeNotice(booking),
          ]
        : []),
      `The button to join appears on the session’s page ${booking.join_opens_minutes} minutes before it starts.`,
    ],
    action: manage(booking, "View or change the session"),
    calendar: "invite",
  }),
  payment_asked: (booking) => ({
    subject: `Please pay for your session with ${booking.coach_name}`,
    paragraphs: [
      `You booked ${booking.offer_title} with ${booking.coach_name} through Calendly. We keep the time for you.`,
      ...when(booking),
      `It is confirmed once you have paid ${dollars(booking.paid_cents)}. ${payBySentence(booking)}`,
    ],
    action: { label: "Pay for the session", path: `/bookings/${booking.booking_id}/checkout` },
  }),
  booking_unpaid: (booking) => ({
    subject: `Not paid: ${booking.offer_title} with ${counterpart(booking)}`,
    paragraphs: [
      `This session was booked through Calendly and not paid for in time. It does not take place, and is called off at Calendly, too.`,
      ...when(booking),
      ...(booking.party === "client"
        ? ["Nothing was charged. You can book another time."]
        : ["The time is free again."]),
    ],
    action: manage(
      booking,
      booking.party === "client" ? "Choose another time" : "View the session",
    ),
  }),
  request_sent: (booking) => ({
    subject: `Asked: ${what(booking)} with ${booking.coach_name}`,
    paragraphs: [
      `We have asked ${booking.coach_name} for ${counted(booking, "this time, and keep it", (count) => `these ${count} times, and keep them`)} for you meanwhile.`,
      ...when(booking),
      booking.credit_of
        ? `${answerSentence(booking)} It is paid for with your ${booking.credit_of}, and goes back there if it is not accepted.`
        : `${answerSentence(booking)} ${NOTHING_CHARGED} Your bank only holds ${dollars(booking.paid_cents)}: ${counted(booking, "it is taken when", () => "the part of it is taken for those that")} ${booking.coach_name} accepts, and ${counted(booking, "let go if not", () => "the rest let go")}.`,
    ],
    action: manage(booking, "View the request"),
  }),
  request_received: (booking) => ({
    subject: `${booking.client_name} asks for ${counted(booking, "a session", (count) => `${count} sessions`)}`,
    paragraphs: [
      `${booking.client_name} would like to book ${what(booking)}.${counted(booking, "", () => " You can take all of them or some.")}`,
      ...when(booking),
      ...(booking.note ? [`They wrote: ${booking.note}`] : []),
      `${answerSentence(booking)} The ${counted(booking, "time stays", () => "times stay")} taken until then; after that the request expires.`,
    ],
    action: manage(booking, "Accept or decline"),
  }),
  request_declined: (booking) => ({
    subject: `Declined: ${what(booking)} with ${booking.coach_name}`,
    paragraphs: [
      `${booking.coach_name} cannot take ${thisSession(booking)}.`,
      ...when(booking),
      ...(booking.cancel_reason ? [`The reason given: ${booking.cancel_reason}`] : []),
      letGoSentence(booking),
    ],
    action: manage(booking, "Choose another time"),
  }),
  request_withdrawn: (booking) => ({
    subject: `Withdrawn: ${what(booking)} with ${booking.client_name}`,
    paragraphs: [
      `${booking.client_name} took back the request for ${thisSession(booking)}. There is nothing to answer any more.`,
      ...when(booking),
    ],
    action: manage(booking, "View the request"),
  }),
  request_expired: (booking) => ({
    subject: `Not answered: ${what(booking)} with ${counterpart(booking)}`,
    paragraphs: [
      `The request for ${thisSession(booking)} expired without an answer, and the ${counted(booking, "time is", () => "times are")} free again.`,
      ...when(booking),
      ...(booking.party === "client" ? [letGoSentence(booking)] : []),
    ],
    action: manage(
      booking,
      booking.party === "client" ? "Choose another time" : "View the request",
    ),
  }),
  booking_moved: (booking, { created_at }) => ({
    subject: `New time: ${what(booking)} with ${counterpart(booking)}`,
    paragraphs: [
      `${actor(booking.moved_by, booking)} moved ${thisSession(booking)}. ${counted(booking, "It now takes", () => "They now take")} place:`,
      ...when(booking),
      ...(booking.moved_from
        ? [
            `${counted(booking, "It", () => "The first of them")} was planned for ${moment(booking.moved_from, booking.time_zone)}.`,
          ]
        : []),
      ...(booking.move_reason ? [`The reason given: ${booking.move_reason}`] : []),
      ...(booking.party === "client" ? [movedRefundSentence(booking, created_at)] : []),
    ],
    action: manage(booking, "View or change the session"),
    calendar: "invite",
  }),
  session_reminder: (booking, { told_at }) => ({
    subject: `${ahead(booking, told_at)}: ${booking.offer_title} with ${counterpart(booking)}`,
    paragraphs: [
      `Your session with ${counterpart(booking)} is ${lowercase(ahead(booking, told_at))}.`,
      ...when(booking),
    ],
    action: manage(booking, "View or change the session"),
  }),
  session_soon: (booking, { told_at }) => ({
    subject: `${ahead(booking, told_at)}: ${booking.offer_title} with ${counterpart(booking)}`,
    paragraphs: [
      `${counterpart(booking)} expects you soon. You join from the session’s page.`,
      ...when(booking),
    ],
    action: manage(booking, "Go to the session"),
  }),
  booking_cancelled: (booking) => ({
    subject: `Cancelled: ${what(booking)} with ${counterpart(booking)}`,
    paragraphs: [
      `${actor(booking.cancelled_by, booking)} cancelled ${thisSession(booking)}. ${counted(booking, "It no longer takes", () => "They no longer take")} place.`,
      ...when(booking),
      ...(booking.cancel_reason ? [`The reason given: ${booking.cancel_reason}`] : []),
      ...(booking.party === "client" ? [refundSentence(booking)] : []),
    ],
    action: manage(booking, "View the session"),
    calendar: "cancel",
  }),
  payment_returned: (booking) => ({
    subject: `Your ${dollars(booking.paid_cents)} is on its way back`,
    paragraphs: [
      `Your payment for ${booking.offer_title} with ${booking.coach_name} arrived after ${counted(booking, "the time you held", (count) => `${count} of the times you held`)} had gone to somebody else.`,
      ...(booking.sessions.length < booking.session_count
        ? ["The rest is booked. These are not:", ...when(booking)]
        : ["Nothing was booked."]),
      `All of ${counted(booking, "it", () => "their price")}, ${dollars(booking.paid_cents)}, goes back to your card; banks take five to ten days to show it.`,
    ],
    action: manage(booking, "Choose another time"),
  }),
  calendar_clash: (booking) => ({
    subject: `Please check the time: ${booking.offer_title} with ${counterpart(booking)}`,
    paragraphs: [
      booking.party === "coach"
        ? "Your Calendly calendar has something else at the time of this session. The session is still confirmed."
        : `${booking.coach_name}’s own calendar has something else at the time of your session. It is still confirmed; your coach knows, and will write to you if it has to move.`,
      ...when(booking),
      ...(booking.party === "coach" ? ["Move one of the two, or write to your client."] : []),
    ],
    action: manage(booking, "View or change the session"),
  }),
  calendly_plan: (booking) =>
    notWritten(
      booking,
      "Your plan at Calendly does not let us book for you. Upgrade it there, and we write this session in; or block the time yourself.",
    ),
  calendly_location: (booking) =>
    notWritten(
      booking,
      "The event type asks for a place that we can’t give, such as your client’s phone number. At Calendly, choose “Ask invitee” or a video call as its location, and we write this session in; or block the time yourself.",
    ),
  attendance_decided: (booking) => ({
    subject: `Who came: ${booking.offer_title} with ${counterpart(booking)}`,
    paragraphs: [...when(booking), ...decidedParagraphs(booking)],
    action: manage(booking, "View the session"),
  }),
  attendance_objected: (booking) => ({
    subject: `An objection: ${booking.offer_title} with ${counterpart(booking)}`,
    paragraphs: [...when(booking), ...objectedParagraphs(booking)],
    action: manage(booking, "View the session"),
  }),
  attendance_settled: (booking) => ({
    subject: `Settled: ${booking.offer_title} with ${counterpart(booking)}`,
    paragraphs: [...when(booking), ...settledParagraphs(booking)],
    action: manage(booking, "View the session"),
  }),
  recording_ready: (booking) => ({
    subject: `Your recording is ready: ${booking.offer_title} with ${counterpart(booking)}`,
    paragraphs: [
      `You both agreed to a recording of this session, and it can be watched now.`,
      ...when(booking),
      "The link is on the session’s page, for the two of you only.",
    ],
    action: manage(booking, "Go to the recording"),
  }),
  next_session: (booking) => ({
    subject: `Your next session with ${booking.coach_name}?`,
    paragraphs: [
      `${booking.offer_title} with ${booking.coach_name} was your last session together, and none is booked after it.`,
      "Choose a time while you remember where you left off.",
    ],
    action: { label: "See free times", path: `/coaches/${booking.coach_slug}` },
  }),
};

function notWritten(booking: MailBooking, whatToDo: string): Words {
  return {
    subject: `Not in your Calendly: ${booking.offer_title} with ${booking.client_name}`,
    paragraphs: [
      "This session is confirmed, but we could not write it into your Calendly. Somebody may book the same time there.",
      ...when(booking),
      whatToDo,
    ],
    action: { label: "Open your Calendly page", path: "/coach/calendly" },
  };
}

const NOTHING_CHARGED = "Your card is not charged yet.";
const LET_GO =
  "Your card was not charged. Your bank lets go of the money that it held; that can take some days to show.";

/** What becomes of the money of a request that came to nothing. */
function letGoSentence(booking: MailBooking): string {
  return booking.credit_of ? backToPackageSentence(booking) : LET_GO;
}

function backToPackageSentence(booking: MailBooking): string {
  return booking.credits_back > 0
    ? `${counted(booking, "It", () => "They")} went back to your ${booking.credit_of}, to be booked for another time.`
    : `What ${counted(booking, "it", () => "they")} cost goes back to your card, because your ${booking.credit_of} has ended.`;
}

function answerSentence(booking: MailBooking): string {
  if (!booking.answer_by) return "";
  const until = moment(booking.answer_by, booking.time_zone);
  return booking.party === "client"
    ? `${booking.coach_name} has until ${until} to answer.`
    : `Please answer by ${until}.`;
}

function payBySentence(booking: MailBooking): string {
  if (!booking.pay_by) return "";
  return `Please do so by ${moment(booking.pay_by, booking.time_zone)}; after that it is called off.`;
}

/** When each session is, a line each. */
export function when({ sessions, time_zone }: MailBooking): string[] {
  return sessions.map(({ starts_at, ends_at }) => sessionTime(starts_at, ends_at, time_zone));
}

/** What was booked, and how many times. */
function what({ sessions, offer_title }: MailBooking): string {
  return sessions.length === 1 ? offer_title : `${sessions.length} × ${offer_title}`;
}

/** One wording of one session, another of several. */
function counted({ sessions }: MailBooking, one: string, many: (count: number) => string): string {
  return sessions.length === 1 ? one : many(sessions.length);
}

function thisSession(booking: MailBooking): string {
  return counted(booking, "this session", (count) => `these ${count} sessions`);
}

function manage(booking: MailBooking, label: string): Words["action"] {
  return { label, path: `/bookings/${booking.booking_id}` };
}

/** Who did something, from where the reader stands. */
function actor(by: MailBooking["cancelled_by"], booking: MailBooking): string {
  if (by === booking.party) return "You";
  return by === "client" || by === "coach" ? counterpart(booking) : "Walkthrough";
}

function fullRefundSentence(booking: MailBooking): string {
  const until = moment(booking.full_refund_until, booking.time_zone);
  if (booking.credit_of) {
    return `Cancel ${counted(booking, "it", () => "the first")} until ${until}, and it goes back to your ${booking.credit_of}.`;
  }
  return counted(
    booking,
    `You can cancel with a full refund until ${until}.`,
    () =>
      `You can cancel the first with a full refund until ${until}, and each of the others until as long before its own start.`,
  );
}

function movedRefundSentence(booking: MailBooking, writtenAt: string): string {
  const paid = "Your payment stays as it is, and you join from the same page.";
  return Date.parse(booking.full_refund_until) > Date.parse(writtenAt)
    ? `${paid} ${fullRefundSentence(booking)}`
    : paid;
}

function refundSentence(booking: MailBooking): string {
  if (booking.credit_of) return packageRefundSentence(booking);
  if (booking.paid_cents === 0) return "Nothing was paid for it.";
  if (!booking.is_charged) return LET_GO;
  return booking.refund_cents > 0
    ? `${dollars(booking.refund_cents)} of ${dollars(booking.paid_cents)} goes back to your card; banks take five to ten days to show it.`
    : "By the cancellation policy you agreed to, nothing of the price comes back.";
}

function packageRefundSentence(booking: MailBooking): string {
  const { credits_back: back, refund_cents: cents, sessions } = booking;
  const money = `${dollars(cents)} goes back to your card; banks take five to ten days to show it.`;
  if (back === 0) {
    return cents > 0
      ? money
      : "By the cancellation policy you agreed to, it is used up, and nothing comes back.";
  }
  const went =
    back === sessions.length
      ? `${counted(booking, "It", () => "They")} went back to your ${booking.credit_of}.`
      : `${back} of them went back to your ${booking.credit_of}.`;
  return cents > 0 ? `${went} ${money}` : went;
}
