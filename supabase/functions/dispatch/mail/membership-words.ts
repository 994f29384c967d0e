import { dollars, moment, plusTax } from "./format.ts";
import type { MailMembership } from "./notification.ts";
import type { Words } from "./words.ts";

/** What is said of a membership, by kind. */
export const MEMBERSHIP_WORDS: Record<string, (own: MailMembership) => Words> = {
  membership_begun: (own) => ({
    subject: `You’re a member: ${own.offer_title} with ${own.coach_name}`,
    paragraphs: [
      `Your membership with ${own.coach_name} has begun, and its sessions are there to be booked.`,
      `${own.is_trial ? "The first charge" : "The next charge"} of ${dollars(own.price_cents)}${plusTax(own)} is due on ${moment(own.period_ends_at, own.time_zone)}. We write to you before.`,
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
        ? `Your trial of ${own.offer_title} ends on ${moment(own.period_ends_at, own.time_zone)}. Then ${dollars(own.price_cents)}${plusTax(own)} will be charged to your card, and again every ${own.billing_interval}.`
        : `${own.offer_title} renews on ${moment(own.period_ends_at, own.time_zone)}: ${dollars(own.price_cents)}${plusTax(own)} will be charged to your card for the next ${own.billing_interval}.`,
      "If you want to go on, there is nothing to do. If not, you can cancel or pause it with one click until then.",
    ],
    action: manage(own, "See, pause or cancel it"),
  }),
  membership_payment_failed: (own) => ({
    subject: `Your membership with ${own.coach_name}: the payment failed`,
    paragraphs: [
      `Your card was declined when ${dollars(own.price_cents)}${plusTax(own)} was due for ${own.offer_title}. We try again in the next days; if that fails as well, the membership ends.`,
      "Change your card, so that it goes on and you get your sessions.",
    ],
    action: manage(own, "Change your card"),
  }),
  member_joined: (own) => ({
    subject: `${own.client_name} is now a member: ${own.offer_title}`,
    paragraphs: [
      own.is_trial
        ? `${own.client_name} tries ${own.offer_title} until ${moment(own.period_ends_at, own.time_zone)}, and then pays ${dollars(own.price_cents)} every ${own.billing_interval}, until they cancel.`
        : `${own.client_name} pays ${dollars(own.price_cents)} every ${own.billing_interval} for ${own.offer_title}, until they cancel. They book the sessions themselves, and you are told of each.`,
      "You are paid for each period after it is over. While it waits for your answer, what they write stands first in your messages.",
    ],
    action: CLIENTS,
  }),
  member_leaving: (own) => ({
    subject: `${own.client_name} has cancelled ${own.offer_title}`,
    paragraphs: [
      `${own.client_name} stays a member until ${moment(own.period_ends_at, own.time_zone)}. Then ${own.offer_title} ends, and nothing more is charged.`,
      "Until then nothing changes: they can use the sessions that they have left, and you are paid for the period.",
    ],
    action: CLIENTS,
  }),
  member_staying: (own) => ({
    subject: `${own.client_name} stays a member: ${own.offer_title}`,
    paragraphs: [
      `${own.client_name} has taken back the cancellation of ${own.offer_title}. It goes on as before.`,
    ],
    action: CLIENTS,
  }),
  member_left: (own) => ({
    subject: `${own.client_name} is no longer a member`,
    paragraphs: [
      `Their membership, ${own.offer_title}, ended${own.ended_at ? ` on ${moment(own.ended_at, own.time_zone)}` : ""}. Nothing more is charged for it.`,
      "Sessions that are booked take place as they were booked, unless you hear otherwise.",
    ],
    action: CLIENTS,
  }),
};

/** Where a coach sees who they work with. */
const CLIENTS = { label: "See your clients", path: "/coach/clients" };

function manage(own: MailMembership, label: string): Words["action"] {
  return { label, path: `/memberships/${own.membership_id}` };
}
