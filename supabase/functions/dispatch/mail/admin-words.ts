import { z } from "zod";

import { dollars, moment } from "./format.ts";
import type { Words } from "./words.ts";

const MismatchSchema = z.object({
  kind: z.literal("money_mismatch"),
  email: z.string(),
  what: z.string(),
  times: z.number(),
  about: z.array(z.string()).nullable(),
});

const DisputeSchema = z.object({
  kind: z.enum(["dispute_asked", "dispute_opened", "dispute_won", "dispute_lost"]),
  email: z.string(),
  order_id: z.string(),
  stripe_dispute_id: z.string(),
  reason: z.string(),
  amount_cents: z.number(),
  evidence_due_at: z.string().nullable(),
});

const RefundSchema = z.object({
  kind: z.literal("refund_failed"),
  email: z.string(),
  refund_id: z.string(),
  order_id: z.string(),
  stripe_refund_id: z.string(),
  /** With its tax. */
  amount_cents: z.number(),
});

const WorkSchema = z.object({
  kind: z.literal("work_given_up"),
  email: z.string(),
  /** Its topic. */
  work: z.string(),
  outbox_id: z.number(),
  error: z.string(),
});

/** What admin_mail_work says of a mail to the admins (supabase/schemas/foundation). */
export const AdminMailSchema = z.discriminatedUnion("kind", [
  MismatchSchema,
  DisputeSchema,
  RefundSchema,
  WorkSchema,
]);

export type AdminMail = z.infer<typeof AdminMailSchema>;

/** What a mail to the admins says. It names rows and Stripe's ids, and nobody. */
export function adminWords(mail: AdminMail): Words {
  switch (mail.kind) {
    case "money_mismatch":
      return mismatchWords(mail);
    case "refund_failed":
      return refundWords(mail);
    case "work_given_up":
      return workWords(mail);
    default:
      return disputeWords(mail);
  }
}

const ACTION = { label: "Open Walkthrough", path: "/" };

function mismatchWords({ what, times, about }: z.infer<typeof MismatchSchema>): Words {
  return {
    subject: `The books do not add up: ${what} (${times})`,
    paragraphs: [
      `What we wrote down, what the ledger says and what Stripe says must be the same to the cent. They are not: ${what}.`,
      ...(about ? [`The first of ${times}: ${about.join(", ")}`] : []),
      "Run the snippet money_mismatch in Studio: it shows both figures of each. You hear of this once a day until it is mended.",
    ],
    action: ACTION,
  };
}

function refundWords(mail: z.infer<typeof RefundSchema>): Words {
  const { amount_cents, refund_id, order_id, stripe_refund_id } = mail;
  return {
    subject: `A refund failed: ${dollars(amount_cents)}`,
    paragraphs: [
      `The bank refused ${dollars(amount_cents)} of order ${order_id}. At Stripe it is ${stripe_refund_id}, here ${refund_id}. The client reads that we will be in touch.`,
      "The snippet failed_refunds in Studio shows all that wait. retry_refund asks Stripe once more; what you give back in Stripe’s dashboard counts by itself. record_refund_elsewhere says that it was given back in another way, dismiss_failed_refund that it is not to go back.",
    ],
    action: ACTION,
  };
}

function workWords({ work, outbox_id, error }: z.infer<typeof WorkSchema>): Words {
  return {
    subject: `Work for Stripe was given up: ${work}`,
    paragraphs: [
      `${work} (${outbox_id}) was tried until nothing more could be hoped for. The last answer: ${error}`,
      "Somebody’s money waits. The snippet failed_work in Studio shows all of it; retry_failed_work puts it back once the cause is gone. You hear of this once a day for each kind of work.",
    ],
    action: ACTION,
  };
}

const STEPS = {
  dispute_asked: "A bank asks about a payment",
  dispute_opened: "A bank took a payment back",
  dispute_won: "A dispute is won",
  dispute_lost: "A dispute is lost",
};

function disputeWords(mail: z.infer<typeof DisputeSchema>): Words {
  const { kind, amount_cents, reason, order_id, stripe_dispute_id, evidence_due_at } = mail;
  const isOpen = kind === "dispute_asked" || kind === "dispute_opened";
  return {
    subject: `${STEPS[kind]}: ${dollars(amount_cents)}`,
    paragraphs: [
      `${dollars(amount_cents)} of order ${order_id}. The bank’s reason: ${reason}. At Stripe it is ${stripe_dispute_id}.`,
      ...(isOpen && evidence_due_at
        ? [
            `It has to be answered by ${moment(evidence_due_at, "UTC")}. We send the policy and the record of attendance by ourselves three days before; answer in Stripe’s dashboard before that to say more. The snippet open_disputes shows all that are open.`,
          ]
        : []),
    ],
    action: ACTION,
  };
}
