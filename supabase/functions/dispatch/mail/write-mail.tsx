import { render } from "@react-email/components";

import { env } from "../../_shared/env.ts";
import type { Mail } from "../../_shared/resend.ts";
import { adminWords, type AdminMail } from "./admin-words.ts";
import { calendarAttachments } from "./calendar.ts";
import { guestWords, type GuestMail } from "./guest-words.ts";
import { Letter } from "./letter.tsx";
import type { Notification } from "./notification.ts";
import { wordsOf } from "./words.ts";

/**
 * Writes a notification as a mail: HTML and text of the same words, and a calendar file of
 * each session that begins or ends to exist.
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
      because="You get this because you have an account on Walkthrough."
    />
  );
  return {
    to,
    subject: words.subject,
    html: await render(letter),
    text: await render(letter, { plainText: true }),
    ...(booking &&
      words.calendar && {
        attachments: calendarAttachments(booking, words.calendar, created_at, to),
      }),
  };
}

/** Writes to somebody who booked at Calendly and has no account that we know of. */
export async function writeGuestMail(mail: GuestMail): Promise<Mail> {
  const words = guestWords(mail);
  const letter = (
    <Letter
      greeting={`Hello ${mail.name},`}
      words={words}
      href={`${env.APP_ORIGIN}${words.action.path}`}
      because={`You get this because this address was given when a session with ${mail.coach_name} was booked.`}
    />
  );
  return {
    to: mail.email,
    subject: words.subject,
    html: await render(letter),
    text: await render(letter, { plainText: true }),
  };
}

/** Writes to whoever looks after the platform. */
export async function writeAdminMail(mail: AdminMail): Promise<Mail> {
  const words = adminWords(mail);
  const letter = (
    <Letter
      greeting="Hello,"
      words={words}
      href={`${env.APP_ORIGIN}${words.action.path}`}
      because="You get this because this is the admins’ address in Walkthrough’s settings."
    />
  );
  return {
    to: mail.email,
    subject: words.subject,
    html: await render(letter),
    text: await render(letter, { plainText: true }),
  };
}
