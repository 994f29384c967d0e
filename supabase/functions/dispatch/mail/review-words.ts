import { moment } from "./format.ts";
import { counterpart, type MailBooking, type MailDecision } from "./notification.ts";
import type { Words } from "./words.ts";

/** What the parties of a session read about its reviews. */
export const REVIEW_WORDS: Record<string, (booking: MailBooking) => Words> = {
  review_invitation: (booking) => ({
    subject: `How was your session with ${counterpart(booking)}?`,
    paragraphs: [
      `Your session ${booking.offer_title} with ${counterpart(booking)} is over.`,
      booking.party === "client"
        ? "Three questions and a few sentences help other agents and loan officers choose, and help your coach."
        : "Three questions and a few sentences help your client. Only the two of you read them.",
      `You can write until ${moment(booking.review_until, booking.time_zone)}. Neither of you sees what the other wrote before both have written or that time is over.`,
    ],
    action: write(booking),
  }),
  review_reminder: (booking) => ({
    subject: `Your review of ${counterpart(booking)} is still open`,
    paragraphs: [
      `You can write about ${booking.offer_title} with ${counterpart(booking)} until ${moment(booking.review_until, booking.time_zone)}.`,
      booking.party === "client"
        ? "A few sentences are enough. They help other agents and loan officers choose."
        : "A few sentences are enough. Only the two of you read them.",
    ],
    action: write(booking),
  }),
  review_received: (booking) => ({
    subject: `${counterpart(booking)} reviewed your session`,
    paragraphs: [
      `${counterpart(booking)} wrote about ${booking.offer_title}. You can read it as soon as you have written, too, or when the time to write is over: ${moment(booking.review_until, booking.time_zone)}.`,
    ],
    action: write(booking),
  }),
  review_published: (booking) => ({
    subject: `What ${counterpart(booking)} wrote about your session`,
    paragraphs: [
      booking.party === "client"
        ? `${counterpart(booking)} wrote about how it was to work with you in ${booking.offer_title}. Only the two of you read it.`
        : `${counterpart(booking)} wrote about ${booking.offer_title}. It is on your page now, and you can reply once${untilWhen(booking)}.`,
    ],
    action: { label: "Read the review", path: `/bookings/${booking.booking_id}#reviews` },
  }),
  review_replied: (booking) => ({
    subject: `${booking.coach_name} replied to your review`,
    paragraphs: [
      `${booking.coach_name} replied to what you wrote about ${booking.offer_title}. The reply stands below your review.`,
    ],
    action: { label: "Read the reply", path: `/bookings/${booking.booking_id}#reviews` },
  }),
};

/** What the two whom a reported review is between read of the decision. */
export function reviewDecided(booking: MailBooking, decision: MailDecision): Words {
  const whose = decision.is_author
    ? `your review of ${counterpart(booking)}`
    : `what ${counterpart(booking)} wrote about you`;
  return {
    subject: decision.is_removed ? "A review was removed" : "A reported review stays",
    paragraphs: [
      `Somebody reported ${whose} after ${booking.offer_title}, and a person of our team looked at it.`,
      decision.is_removed
        ? "We removed it. It counts nowhere, and only the two of you still read it on the session’s page."
        : "It stays as it is.",
      `Why: ${decision.reason}`,
      "If you see it otherwise, answer this mail.",
    ],
    action: { label: "View the session", path: `/bookings/${booking.booking_id}#reviews` },
  };
}

/** What whoever reported something reads of the decision. */
export function reportDecided(decision: MailDecision): Words {
  const isConversation = decision.subject === "conversation";
  const what = isConversation
    ? "The conversation you reported was closed"
    : "What you reported was removed";
  const became = isConversation ? "closed it: nobody writes in it any more" : "removed it";
  return {
    subject: decision.is_removed ? what : "What you reported stays",
    paragraphs: [
      decision.is_removed
        ? `Thank you for telling us. A person of our team looked at it and ${became}.`
        : "Thank you for telling us. A person of our team looked at it, and it stays.",
      `Why: ${decision.reason}`,
      "If you see it otherwise, answer this mail.",
    ],
    action:
      decision.subject === "review" || decision.subject === "reply"
        ? { label: "How reviews work", path: "/how-reviews-work" }
        : { label: "View your messages", path: "/messages" },
  };
}

function untilWhen({ reply_until: until, time_zone: zone }: MailBooking): string {
  return until ? `, until ${moment(until, zone)}` : "";
}

function write(booking: MailBooking): Words["action"] {
  return { label: "Write a review", path: `/bookings/${booking.booking_id}/review` };
}
