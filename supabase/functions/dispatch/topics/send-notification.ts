import { z } from "zod";

import { clerkUser } from "../../_shared/clerk.ts";
import { rpc } from "../../_shared/db.ts";
import { sendMail } from "../../_shared/resend.ts";
import { VendorError } from "../../_shared/vendor-error.ts";
import type { Claim } from "../handler.ts";
import { writeMail } from "../mail/write-mail.tsx";
import { NotificationSchema } from "../mail/notification.ts";

const AddressSchema = z.object({ email: z.string().nullable(), clerk_user_id: z.string() });

/** Writes and sends one notification. Its id is the key: a repeated call sends nothing more. */
export async function sendNotification(input: unknown, { id }: Claim): Promise<object> {
  const to =
    AddressSchema.parse(input).email ??
    (await askClerk(AddressSchema.parse(input).clerk_user_id, id));
  const notification = NotificationSchema.parse(input);
  const mail = await writeMail(notification, to);
  return { mail_id: await sendMail(mail, `notification:${notification.notification_id}`) };
}

/**
 * The address of a person whose webhook has not come: read from Clerk and kept.
 * @throws VendorError to have the mail tried again later, if Clerk has none either
 */
async function askClerk(clerkUserId: string, outboxId: number): Promise<string> {
  const user = await clerkUser(clerkUserId);
  if (!user) throw new VendorError("clerk: no such user");
  await rpc("sync_clerk_user", { clerk_user: user });

  const { email } = AddressSchema.parse(await rpc("outbox_work", { outbox_id: outboxId }));
  if (!email) throw new VendorError("clerk: the user has no primary address");
  return email;
}
