import { BOOKING_WORDS, when } from "./booking-words.ts";
import { sessionTime } from "./format.ts";
import { DISPUTE_WORDS } from "./dispute-words.ts";
import { INSTALMENT_WORDS } from "./instalment-words.ts";
import { MEMBERSHIP_WORDS } from "./membership-words.ts";
import { NO_SHOW_FEE_WORDS } from "./no-show-fee-words.ts";
import { PACKAGE_WORDS } from "./package-words.ts";
import { reportDecided, REVIEW_WORDS, reviewDecided } from "./review-words.ts";
import { seatWordsOf } from "./seat-words.ts";
import type { MailConversation, MailOpening, Notification } from "./notification.ts";

export type Words = {
  subject: string;
  /** Sentences, a paragraph each. */
  paragraphs: string[];
  /** What the one button says and where it leads, a path of the site. */
  action: { label: string; path: string };
  calendar?: "invite" | "cancel";
};

/**
 * What a notification says. All times are in the reader's zone, which is named.
 * @throws Error for a kind without words: a row in notification_kinds needs an entry here
 */
export function wordsOf(notification: Notification): Words {
  const { kind, booking } = notification;
  if (kind === "coach_approved") return coachApproved();
  if (kind === "calendar_stale") return calendarStale();
  if (kind === "payout_failed") return payoutFailed();
  if (kind === "slot_opened" && notification.opening) return slotOpened(notification.opening);
  const writeDispute = DISPUTE_WORDS[kind];
  if (writeDispute && notification.dispute) return writeDispute(notification.dispute);
  if (kind === "message_received") return messageReceived(notification.subject_id);
  if (kind === "message_unanswered" && notification.conversation) {
    return messageUnanswered(notification.conversation);
  }

  const writeOfMembership = MEMBERSHIP_WORDS[kind];
  if (writeOfMembership && notification.membership) {
    return writeOfMembership(notification.membership);
  }

  const writeOfInstalment = INSTALMENT_WORDS[kind];
  if (writeOfInstalment && notification.instalment) {
    return writeOfInstalment(notification.instalment);
  }

  const writeOfPackage = PACKAGE_WORDS[kind];
  if (writeOfPackage && notification.package) return writeOfPackage(notification.package);

  const writeOfFee = NO_SHOW_FEE_WORDS[kind];
  if (writeOfFee && booking?.no_show_fee) {
    const words = writeOfFee(booking, booking.no_show_fee);
    return { ...words, paragraphs: [...when(booking), ...words.paragraphs] };
  }

  const { decision } = notification;
  if (kind === "report_decided" && decision) return reportDecided(decision);
  if (kind === "review_decided" && decision && booking) return reviewDecided(booking, decision);

  const write = BOOKING_WORDS[kind] ?? REVIEW_WORDS[kind];
  if (!write || !booking) throw new Error(`No words for a notification of kind ${kind}.`);
  const words = write(booking, notification);
  return booking.seats ? seatWordsOf(notification, words, booking, booking.seats) : words;
}

function coachApproved(): Words {
  return {
    subject: "Your practice is live on Walkthrough",
    paragraphs: [
      "Your application is approved. Agents and loan officers can find you and book you from now on.",
      "Look over your hours and offers once more: what is open there can be booked.",
    ],
    action: { label: "Open your practice", path: "/coach" },
  };
}

function calendarStale(): Words {
  return {
    subject: "We can’t read your Calendly calendar",
    paragraphs: [
      "Walkthrough has not been able to read your Calendly calendar for a while, so we don’t know when you are busy.",
      "Until it works again, clients see your times or don’t, as you chose on the Calendly page of your desk. You may have to connect your account once more.",
    ],
    action: { label: "See what is wrong", path: "/coach/calendly" },
  };
}

function payoutFailed(): Words {
  return {
    subject: "Your bank sent a payout back",
    paragraphs: [
      "Stripe sent your earnings to your bank, and your bank sent them back. Nothing is lost: the money is in your account at Stripe.",
      "Look at the account that you gave to Stripe. Once it is right, Stripe sends the money again.",
    ],
    action: { label: "See your payouts", path: "/coach/earnings/payouts" },
  };
}

/** The button leads to where the time is chosen already: to move a session, or to book one. */
function slotOpened(opening: MailOpening): Words {
  const at = new Date(opening.starts_at);
  const week = new Intl.DateTimeFormat("en-CA", { timeZone: opening.time_zone }).format(at);
  const query = new URLSearchParams({ week, slot: at.toISOString() });
  const path = opening.booking_id
    ? `/bookings/${opening.booking_id}/move`
    : `/coaches/${opening.coach_slug}/book/${opening.offer_id}`;
  return {
    subject: `A sooner time with ${opening.coach_name}`,
    paragraphs: [
      `A time has opened for ${opening.offer_title} with ${opening.coach_name}.`,
      sessionTime(opening.starts_at, opening.ends_at, opening.time_zone),
      "It goes to whoever takes it first, and others may have been told as well.",
      opening.booking_id
        ? "You asked us to tell you. To hear no more of it, open your session and choose “Something sooner”."
        : "You asked us to tell you. To hear no more of it, choose “Tell me if a time opens” below the times.",
    ],
    action: {
      label: opening.booking_id ? "Move my session there" : "See this time",
      path: `${path}?${query}`,
    },
  };
}

function messageReceived(conversationId: string): Words {
  return {
    subject: "You have a new message",
    paragraphs: ["A message is waiting for you on Walkthrough."],
    action: { label: "Read and answer", path: `/messages/${conversationId}` },
  };
}

function messageUnanswered(conversation: MailConversation): Words {
  return {
    subject: `${conversation.counterpart_name} waits for your answer`,
    paragraphs: [`${conversation.counterpart_name} wrote to you and has no answer yet.`],
    action: { label: "Read and answer", path: `/messages/${conversation.conversation_id}` },
  };
}
