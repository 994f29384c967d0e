import { sendMail } from "../../_shared/resend.ts";
import type { Claim } from "../handler.ts";
import { GuestMailSchema } from "../mail/guest-words.ts";
import { writeGuestMail } from "../mail/write-mail.tsx";

/** Writes to somebody who booked at Calendly. The row is the key: a repeated call sends nothing more. */
export async function sendGuestMail(input: unknown, { id }: Claim): Promise<object> {
  const mail = await writeGuestMail(GuestMailSchema.parse(input));
  return { mail_id: await sendMail(mail, `guest:${id}`) };
}
