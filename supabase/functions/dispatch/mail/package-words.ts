import { dollars, moment } from "./format.ts";
import type { MailPackage } from "./notification.ts";
import type { Words } from "./words.ts";

/** What is said of a package as a whole, by kind. */
export const PACKAGE_WORDS: Record<string, (own: MailPackage) => Words> = {
  package_bought: (own) => ({
    subject: `Your package: ${own.offer_title} with ${own.coach_name}`,
    paragraphs: [
      own.instalments
        ? `You paid ${dollars(own.paid_now_cents)}, the first of ${own.instalments} parts of ${dollars(own.amount_cents)} for ${sessions(own.session_count)} with ${own.coach_name}. Each part gives you its sessions to book. The next is charged in a month; we write to you before.`
        : `You paid ${dollars(own.amount_cents)} for ${sessions(own.session_count)} with ${own.coach_name}. Choose a time for each whenever you like.`,
      ...(own.ends_at
        ? [
            `Use them until ${moment(own.ends_at, own.time_zone)}. What is left then is paid back to your card.`,
          ]
        : []),
    ],
    action: { label: "Book the first session", path: `/packages/${own.order_id}/book` },
  }),
  package_sold: (own) => ({
    subject: `${own.client_name} bought ${own.offer_title}`,
    paragraphs: [
      `${own.client_name} ${own.instalments ? `pays in ${own.instalments} parts` : "paid"} for ${sessions(own.session_count)}, and books them one by one. You are told of each.`,
      "You are paid for each session after it was held.",
    ],
    action: { label: "See your clients", path: "/coach/clients" },
  }),
  package_returned: (own) => ({
    subject: `Your ${dollars(own.paid_now_cents)} is on its way back`,
    paragraphs: [
      `Your payment for ${own.offer_title} with ${own.coach_name} arrived ${own.instalments ? "when it was no longer to be paid" : "when they no longer took clients"}.`,
      `All of it, ${dollars(own.paid_now_cents)}, goes back to your card; banks take five to ten days to show it.`,
    ],
    action: { label: "Find another coach", path: "/coaches" },
  }),
  credits_ending: (own) => ({
    subject: `${sessions(own.sessions_left)} left with ${own.coach_name}: use ${own.sessions_left === 1 ? "it" : "them"} soon`,
    paragraphs: [
      `${sessions(own.sessions_left)} of ${own.offer_title} ${own.sessions_left === 1 ? "is" : "are"} not booked yet.`,
      ...(own.ends_at
        ? [
            `${own.sessions_left === 1 ? "It has" : "They have"} to take place by ${moment(own.ends_at, own.time_zone)}. What is left then is paid back to your card.`,
          ]
        : []),
    ],
    action: { label: "Book a session", path: `/packages/${own.order_id}/book` },
  }),
  credits_ended: (own) => ({
    subject: `Ended: ${own.offer_title} with ${own.coach_name}`,
    paragraphs: [
      `${sessions(own.ended_sessions)} of this package ${own.ended_sessions === 1 ? "was" : "were"} not booked, and can’t be any more.`,
      ...(own.end_reason ? [`The reason given: ${own.end_reason}`] : []),
      ...(own.ended_cents > 0
        ? [
            `${dollars(own.ended_cents)} goes back to your card; banks take five to ten days to show it.`,
          ]
        : []),
      "Sessions that are booked take place as they were booked.",
    ],
    action: { label: "See the package", path: `/packages/${own.order_id}` },
  }),
};

function sessions(count: number): string {
  return count === 1 ? "1 session" : `${count} sessions`;
}
