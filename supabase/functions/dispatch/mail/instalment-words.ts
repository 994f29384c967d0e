import { dollars, moment, plusTax } from "./format.ts";
import type { MailInstalment } from "./notification.ts";
import type { Words } from "./words.ts";

/** What is said of a package that is paid in parts, by kind. */
export const INSTALMENT_WORDS: Record<string, (own: MailInstalment) => Words> = {
  instalment_due: (own) => ({
    subject: `Soon: part ${own.position} of ${own.instalments} of ${own.offer_title}`,
    paragraphs: [
      `${dollars(own.amount_cents)}${plusTax(own)} will be charged to your card on ${moment(own.due_at, own.time_zone)}, for the next ${sessions(own.session_count)} with ${own.coach_name}.`,
      "There is nothing to do. If you do not want to go on, you can stop with one click until then: what you have paid for stays yours.",
    ],
    action: { label: "See or stop it", path: packagePath(own) },
  }),
  instalment_paid: (own) => ({
    subject: `Paid: part ${own.position} of ${own.instalments} of ${own.offer_title}`,
    paragraphs: [
      `${dollars(own.amount_cents)} was paid for ${sessions(own.session_count)} more with ${own.coach_name}. Choose a time whenever you like.`,
    ],
    action: { label: "Book a session", path: `${packagePath(own)}/book` },
  }),
  instalment_failed: (own) => ({
    subject: `Your payment for ${own.offer_title} didn’t go through`,
    paragraphs: [
      own.needs_action
        ? `Your bank wants you to confirm the ${dollars(own.amount_cents)} that is due for ${own.offer_title} with ${own.coach_name}. You can do so by paying on our page.`
        : `Your card was declined when ${dollars(own.amount_cents)} was due for ${own.offer_title} with ${own.coach_name}. You can pay with another one.`,
      ...(own.retry_at
        ? [`If you do nothing, we try your card again on ${moment(own.retry_at, own.time_zone)}.`]
        : []),
      "What you have paid for stays yours in any case.",
    ],
    action: { label: `Pay ${dollars(own.amount_cents)}`, path: `/orders/${own.order_id}/checkout` },
  }),
  plan_ended: (own) => (own.party === "client" ? endedForClient(own) : endedForCoach(own)),
};

function endedForClient(own: MailInstalment): Words {
  return {
    subject: `No more payments for ${own.offer_title}`,
    paragraphs: [
      ...(own.ended_reason === "declined"
        ? ["Your card could not be charged, so the payments in parts have ended."]
        : []),
      `Nothing more is charged for ${own.offer_title} with ${own.coach_name}, and you owe nothing. ${own.paid_parts} of ${own.instalments} parts ${own.paid_parts === 1 ? "is" : "are"} paid.`,
      ...(own.ended_reason === "package_ended"
        ? []
        : ["The sessions that you have paid for stay yours, to be booked as before."]),
    ],
    action: { label: "See the package", path: packagePath(own) },
  };
}

function endedForCoach(own: MailInstalment): Words {
  return {
    subject: `${own.client_name} pays no more parts of ${own.offer_title}`,
    paragraphs: [
      `${own.paid_parts} of ${own.instalments} parts ${own.paid_parts === 1 ? "is" : "are"} paid, and no more will be. ${REASONS[own.ended_reason ?? ""] ?? ""}`.trim(),
      "Sessions that are booked take place as they were booked.",
    ],
    action: { label: "See your clients", path: "/coach/clients" },
  };
}

/** Why, for the coach. */
const REASONS: Record<string, string> = {
  stopped: "They have stopped it.",
  declined: "Their card could not be charged.",
};

function packagePath(own: MailInstalment): string {
  return `/packages/${own.package_id}`;
}

function sessions(count: number): string {
  return count === 1 ? "1 session" : `${count} sessions`;
}
