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

/** What admin_mail_work says of a mail to the admins (supabase/schemas/foundation). */
export const AdminMailSchema = z.discriminatedUnion("kind", [MismatchSchema, DisputeSchema]);

export type AdminMail = z.infer<typeof AdminMailSchema>;

/** What a mail to the admins says. It names rows and Stripe's ids, and nobody. */
export function adminWords(mail: AdminMail): Words {
  return mail.kind === "money_mismatch" ? mismatchWords(mail) : disputeWords(mail);
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
