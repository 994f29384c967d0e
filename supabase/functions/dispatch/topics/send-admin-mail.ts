import { sendMail } from "../../_shared/resend.ts";
import type { Claim } from "../handler.ts";
import { AdminMailSchema } from "../mail/admin-words.ts";
import { writeAdminMail } from "../mail/write-mail.tsx";

/** Writes to the admins. The row is the key: a repeated call sends nothing more. */
export async function sendAdminMail(input: unknown, { id }: Claim): Promise<object> {
  const mail = await writeAdminMail(AdminMailSchema.parse(input));
  return { mail_id: await sendMail(mail, `admins:${id}`) };
}
