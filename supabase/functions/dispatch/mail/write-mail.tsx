import { render } from "@react-email/components";

import { env } from "../../_shared/env.ts";
import type { Mail } from "../../_shared/resend.ts";
import { adminWords, type AdminMail } from "./admin-words.ts";
import { calendarAttachments } from "./calendar.ts";
import { guestWords, type GuestMail } from "./guest-words.ts";
import { letterText } from "./letter-text.ts";
import { Letter, type LetterProps } from "./letter.tsx";
import type { Notification } from "./notification.ts";
import { choicesOf, unsubscribeHeaders } from "./unsubscribe.ts";
import { wordsOf } from "./words.ts";

/**
 * Writes a notification as a mail: HTML and text of the same words, and a calendar file of
 * each session that begins or ends to exist.
 * @param to the recipient's address
 * @param unsubscribeToken at which such mails are stopped; null when it has to come
 */
export async function writeMail(
  notification: Notification,
  to: string,
  unsubscribeToken: string | null,
): Promise<Mail> {
  const words = wordsOf(notification);
  const { booking, created_at } = notification;
  const letter: LetterProps = {
    greeting: greetingOf(notification.first_name),
    words,
    href: `${env.APP_ORIGIN}${words.action.path}`,
    because: "You get this because you have an account on Walkthrough.",
    choices: choicesOf(unsubscribeToken),
  };
  return {
    to,
    subject: words.subject,
    ...(await compose(letter)),
    headers: unsubscribeHeaders(unsubscribeToken),
    ...(booking &&
      words.calendar && {
        attachments: calendarAttachments(booking, words.calendar, created_at, to),
      }),
  };
}

/**
 * Writes one mail of several notifications: what each says, with where it leads.
 * @param unsubscribeToken at which summaries are stopped
 */
export async function writeDigest(
  firstName: string,
  notifications: Notification[],
  to: string,
  unsubscribeToken: string,
): Promise<Mail> {
  const items = notifications.map(wordsOf);
  const [first] = items;
  const subject =
    items.length === 1 && first
      ? first.subject
      : `${items.length} things that happened on Walkthrough`;
  const letter: LetterProps = {
    greeting: greetingOf(firstName),
    words: {
      subject,
      paragraphs: ["This is what you asked to read in one mail."],
      action: { label: "Change what comes when", path: "/settings/notifications" },
    },
    items: items.map(({ subject: text, action }) => ({
      text,
      label: action.label,
      href: `${env.APP_ORIGIN}${action.path}`,
    })),
    href: `${env.APP_ORIGIN}/settings/notifications`,
    because: "You get this because you chose a summary in your settings.",
    choices: choicesOf(unsubscribeToken),
  };
  return {
    to,
    subject,
    ...(await compose(letter)),
    headers: unsubscribeHeaders(unsubscribeToken),
  };
}

/** A letter as both parts of a mail. */
async function compose(letter: LetterProps): Promise<Pick<Mail, "html" | "text">> {
  return { html: await render(<Letter {...letter} />), text: letterText(letter) };
}

function greetingOf(firstName: string): string {
  return firstName ? `Hello ${firstName},` : "Hello,";
}

/** Writes to somebody who booked at Calendly and has no account that we know of. */
export async function writeGuestMail(mail: GuestMail): Promise<Mail> {
  const words = guestWords(mail);
  const letter: LetterProps = {
    greeting: `Hello ${mail.name},`,
    words,
    href: `${env.APP_ORIGIN}${words.action.path}`,
    because: `You get this because this address was given when a session with ${mail.coach_name} was booked.`,
  };
  return {
    to: mail.email,
    subject: words.subject,
    ...(await compose(letter)),
  };
}

/** Writes to whoever looks after the platform. */
export async function writeAdminMail(mail: AdminMail): Promise<Mail> {
  const words = adminWords(mail);
  const letter: LetterProps = {
    greeting: "Hello,",
    words,
    href: `${env.APP_ORIGIN}${words.action.path}`,
    because: "You get this because this is the admins’ address in Walkthrough’s settings.",
  };
  return {
    to: mail.email,
    subject: words.subject,
    ...(await compose(letter)),
  };
}
