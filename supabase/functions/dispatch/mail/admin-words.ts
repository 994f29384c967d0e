import { z } from "zod";

import type { Words } from "./words.ts";

const MismatchSchema = z.object({
  kind: z.literal("money_mismatch"),
  email: z.string(),
  what: z.string(),
  times: z.number(),
  about: z.array(z.string()).nullable(),
});

/** What admin_mail_work says of a mail to the admins (supabase/schemas/foundation). */
export const AdminMailSchema = MismatchSchema;

export type AdminMail = z.infer<typeof AdminMailSchema>;

/** What a mail to the admins says. It names rows and Stripe's ids, and nobody. */
export function adminWords({ what, times, about }: AdminMail): Words {
  return {
    subject: `The books do not add up: ${what} (${times})`,
    paragraphs: [
      `What we wrote down, what the ledger says and what Stripe says must be the same to the cent. They are not: ${what}.`,
      ...(about ? [`The first of ${times}: ${about.join(", ")}`] : []),
      "Run the snippet money_mismatch in Studio: it shows both figures of each. You hear of this once a day until it is mended.",
    ],
    action: { label: "Open Walkthrough", path: "/" },
  };
}
