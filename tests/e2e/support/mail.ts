import { expect } from "@playwright/test";

import { runJob, sql } from "./database.ts";
import { admin } from "./stack.ts";

export type Mail = {
  id: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  attachments: { filename: string; content_type: string; content: string }[];
};

/**
 * What was mailed to somebody, newest first.
 * @param to their address
 */
export async function mailTo(to: string): Promise<Mail[]> {
  const path = `messages?to=${encodeURIComponent(to)}`;
  const { messages } = await admin<{ messages: Mail[] }>("MAIL", path);
  // As one reads it, whatever the width: lines of a paragraph are one.
  return messages.map((mail) => ({ ...mail, text: mail.text.replace(/(?<!\n)\n(?!\n)/g, " ") }));
}

/**
 * Waits for a mail, sending what waits to be sent instead of waiting for cron.
 * @param to whose inbox
 * @param subject what the subject contains
 * @returns the newest such mail
 */
export async function waitForMail(to: string, subject: string | RegExp): Promise<Mail> {
  let found: Mail | undefined;
  await expect(async () => {
    await runJob("dispatch_outbox");
    found = (await mailTo(to)).find((mail) => isMatch(mail.subject, subject));
    expect(found, `a mail to ${to} about ${subject}`).toBeDefined();
  }).toPass({ timeout: 20_000, intervals: [200, 300, 500] });
  return found!;
}

/** Where the button of a mail leads. */
export function linkIn(mail: Mail): string {
  // The last thing before the line across is the button.
  const link = /: (https?:\S+)\s+-{20}/.exec(mail.text)?.[1];
  if (!link) throw new Error(`"${mail.subject}" leads nowhere.`);
  return link;
}

/**
 * Where one person stops mails of a group, as their mails say it.
 * @param groupName such as sessions
 * @param clientId their profile; any client's when left out
 */
export async function unsubscribePath(groupName: string, clientId?: string): Promise<string> {
  const [row] = await sql<{ token: string }[]>`
    select private.unsubscribe_token(
      coalesce(${clientId ?? null}::uuid, (select client_id from public.bookings limit 1)), ${groupName}
    ) as token`;
  return `/unsubscribe/${row?.token}`;
}

/** The text of a calendar file, unfolded (RFC 5545 §3.1). */
export function calendarText(mail: Mail): string {
  const file = mail.attachments.find(({ content_type }) =>
    content_type.startsWith("text/calendar"),
  );
  if (!file) throw new Error(`"${mail.subject}" brought no calendar file.`);
  return Buffer.from(file.content, "base64")
    .toString("utf8")
    .replace(/\r?\n[ \t]/g, "");
}

function isMatch(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
}
