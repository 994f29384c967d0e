import { dollars } from "./format.ts";
import type { MailDispute } from "./notification.ts";
import type { Words } from "./words.ts";

const ACTION = { label: "View your earnings", path: "/coach/earnings" };

/** What a coach reads of a payment that a client's bank asks about, took back, or has decided on. */
export const DISPUTE_WORDS: Record<string, (dispute: MailDispute) => Words> = {
  dispute_asked: (dispute) => ({
    subject: `A bank asks about a payment of ${dispute.client_name}`,
    paragraphs: [
      `${what(dispute)} The bank asks what it was for. It has not taken anything back.`,
      "We answer with the policy that was agreed and the record of who was in the meetings. Until it is decided, your share of this payment waits.",
    ],
    action: ACTION,
  }),
  dispute_opened: (dispute) => ({
    subject: `A payment of ${dispute.client_name} was taken back by their bank`,
    paragraphs: [
      `${what(dispute)} They told their bank that they object to it, and the bank has taken the money back until it has decided. That takes up to three months.`,
      "We answer the bank with the policy that was agreed and the record of who was in the meetings. Until it is decided nothing of this payment is sent to you, and what was sent is taken back.",
      "If you have agreed on something with your client, tell us by answering this mail.",
    ],
    action: ACTION,
  }),
  dispute_won: (dispute) => ({
    subject: `Decided for you: the payment of ${dispute.client_name}`,
    paragraphs: [
      `${what(dispute)} Their bank has closed the case, and the money stays with us. Your share goes its way as before.`,
    ],
    action: ACTION,
  }),
  dispute_lost: (dispute) => ({
    subject: `Decided for the client: the payment of ${dispute.client_name}`,
    paragraphs: [
      `${what(dispute)} Their bank has decided that the client gets it back, as if it had been refunded. We keep no fee of it, and your share of it is gone as well.`,
    ],
    action: ACTION,
  }),
};

function what({ amount_cents, offer_title, client_name }: MailDispute): string {
  return `It is about ${dollars(amount_cents)} that ${client_name} paid for ${offer_title}.`;
}
