import { dollars, moment } from "./format.ts";
import type { MailMembership } from "./notification.ts";
import type { Words } from "./words.ts";

/** What is said of a membership, by kind. */
export const MEMBERSHIP_WORDS: Record<string, (own: MailMembership) => Words> = {
  membership_begun: (own) => ({
    subject: `You’re a member: ${own.offer_title} with ${own.coach_name}`,
    paragraphs: [
      `Your membership with ${own.coach_name} has begun, and its sessions are there to be booked.`,
      `${own.is_trial ? "The first charge" : "The next charge"} of ${dollars(own.price_cents)} is due on ${moment(own.period_ends_at, own.time_zone)}. We write to you before.`,
      ...(own.agreed_words ? [`What you agreed to: ${own.agreed_words}`] : []),
    ],
    action: manage(own, "See or cancel it"),
  }),
  membership_renewing: (own) => ({
    subject: own.is_trial
      ? `Your trial with ${own.coach_name} ends soon`
      : `Your membership with ${own.coach_name} renews soon`,
    paragraphs: [
      own.is_trial
        ? `Your trial of ${own.offer_title} ends on ${moment(own.period_ends_at, own.time_zone)}. Then ${dollars(own.price_cents)} is charged to your card, and again every ${own.billing_interval}.`
        : `${own.offer_title} renews on ${moment(own.period_ends_at, own.time_zone)}: ${dollars(own.price_cents)} is charged to your card for the next ${own.billing_interval}.`,
      "If you want to go on, there is nothing to do. If not, you can cancel or pause it with one click until then.",
    ],
    action: manage(own, "See, pause or cancel it"),
  }),
  membership_payment_failed: (own) => ({
    subject: `Your membership with ${own.coach_name}: the payment failed`,
    paragraphs: [
      `Your card was declined when ${dollars(own.price_cents)} was due for ${own.offer_title}. We try again in the next days; if that fails as well, the membership ends.`,
      "Change your card, so that it goes on and you get your sessions.",
    ],
    action: manage(own, "Change your card"),
  }),
};

function manage(own: MailMembership, label: string): Words["action"] {
  return { label, path: `/memberships/${own.membership_id}` };
}
