import { z } from "zod";

import { env } from "./env.ts";
import { httpError, VENDOR_TIMEOUT_MS } from "./vendor-error.ts";

export type Mail = {
  to: string;
  subject: string;
  html: string;
  text: string;
  headers?: Record<string, string>;
  attachments?: { filename: string; content: string; content_type: string }[];
};

/**
 * Sends a mail through Resend.
 * @param key names the mail: Resend sends one of a key within 24 hours, however often we ask
 *   (https://resend.com/docs/dashboard/emails/idempotency-keys)
 * @returns Resend's id; null when a mail of this key was sent before, with other words: a name
 *   or an amount changed since, and the person has the mail
 * @throws VendorError
 */
export async function sendMail(mail: Mail, key: string): Promise<string | null> {
  const response = await fetch(`${env.RESEND_API_URL}/emails`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${env.RESEND_API_KEY}`,
      "content-type": "application/json",
      "idempotency-key": key,
    },
    body: JSON.stringify({ from: env.MAIL_FROM, ...mail, to: [mail.to] }),
    signal: AbortSignal.timeout(VENDOR_TIMEOUT_MS),
  });
  if (response.status === 409 && (await isSentBefore(response.clone()))) {
    await response.body?.cancel();
    return null;
  }
  if (!response.ok) throw await httpError("resend", response);

  return z.object({ id: z.string() }).parse(await response.json()).id;
}

/** The other 409 says that a call with this key is being worked on right now. */
async function isSentBefore(response: Response): Promise<boolean> {
  const error = z.object({ name: z.string() }).safeParse(await response.json().catch(() => null));
  return error.data?.name === "invalid_idempotent_request";
}
