import { render } from "@react-email/components";

import { env } from "../../_shared/env.ts";
import type { Mail } from "../../_shared/resend.ts";
import { calendarAttachment } from "./calendar.ts";
import { Letter } from "./letter.tsx";
import type { Notification } from "./notification.ts";
import { wordsOf } from "./words.ts";

/**
 * Writes a notification as a mail: HTML and text of the same words, and a calendar file where
 * a session begins or ends to exist.
 * @param to the recipient's address
 */
export async function writeMail(notification: Notification, to: string): Promise<Mail> {
  const words = wordsOf(notification);
  const { booking, created_at } = notification;
  const letter = (
    <Letter
      greeting={notification.first_name ? `Hello ${notification.first_name},` : "Hello,"}
      words={words}
      href={`${env.APP_ORIGIN}${words.action.path}`}
    />
  );
  return {
    to,
    subject: words.subject,
    html: await render(letter),
    text: await render(letter, { plainText: true }),
    ...(booking &&
      words.calendar && {
        attachments: [calendarAttachment(booking, words.calendar, created_at, to)],
      }),
  };
}
