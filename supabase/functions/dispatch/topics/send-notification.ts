import { z } from "zod";

import { sendMail } from "../../_shared/resend.ts";
import type { Claim } from "../handler.ts";
import { NotificationSchema } from "../mail/notification.ts";
import { writeMail } from "../mail/write-mail.tsx";
import { recipientOf } from "./recipient.ts";

/** At which mails of its group are stopped; null when it has to come. */
const UnsubscribeSchema = z.object({ unsubscribe_token: z.string().nullable() });

/** Writes and sends one notification. Its id is the key: a repeated call sends nothing more. */
export async function sendNotification(input: unknown, { id }: Claim): Promise<object> {
  const to = await recipientOf(input, id);
  const notification = NotificationSchema.parse(input);
  const { unsubscribe_token } = UnsubscribeSchema.parse(input);
  const mail = await writeMail(notification, to, unsubscribe_token);
  const mail_id = await sendMail(mail, `notification:${notification.notification_id}`);
  return { mail_id, subject: mail.subject };
}
