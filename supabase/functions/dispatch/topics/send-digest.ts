import { z } from "zod";

import { sendMail } from "../../_shared/resend.ts";
import type { Claim } from "../handler.ts";
import { NotificationSchema } from "../mail/notification.ts";
import { writeDigest } from "../mail/write-mail.tsx";
import { recipientOf } from "./recipient.ts";

const DigestSchema = z.object({
  digest_id: z.string(),
  first_name: z.string(),
  unsubscribe_token: z.string(),
  notices: z.array(NotificationSchema).min(1),
});

/** Writes and sends one mail that lists what waited for it. Its id is the key, as of a notification. */
export async function sendDigest(input: unknown, { id }: Claim): Promise<object> {
  const to = await recipientOf(input, id);
  const { digest_id, first_name, notices, unsubscribe_token } = DigestSchema.parse(input);
  const mail = await writeDigest(first_name, notices, to, unsubscribe_token);
  return {
    mail_id: await sendMail(mail, `digest:${digest_id}`),
    subject: mail.subject,
    notification_ids: notices.map((notice) => notice.notification_id),
  };
}
