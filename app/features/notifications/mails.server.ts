import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";

import { mailState } from "./mail-state";

/** How many mails a page has; one row more says that there is a next page. */
const PAGE = 30;

/**
 * One page of what was mailed to a person, the newest first.
 *
 * @param db theirs
 * @param page from 1
 */
export async function listMails(db: Db, page: number) {
  const start = (page - 1) * PAGE;
  const rows = toValue(
    await db
      .from("mails")
      .select("id, subject, sent_at, delivered_at, delayed_at, bounced_at, complained_at, failure")
      .order("sent_at", { ascending: false })
      .order("id")
      .range(start, start + PAGE),
  );
  const mails = rows.slice(0, PAGE).map((row) => ({
    id: row.id,
    subject: row.subject,
    sentAt: row.sent_at,
    state: mailState(row),
  }));
  return { mails, hasNext: rows.length > PAGE };
}

/**
 * Whether nothing is mailed to a person, why, and at which address.
 *
 * @param db theirs
 * @returns null when mail reaches them
 */
export async function findMailStop(db: Db) {
  const contact = toValue(
    await db.from("profile_contacts").select("email, mail_stopped_by").maybeSingle(),
  );
  return contact?.mail_stopped_by
    ? { email: contact.email, reason: contact.mail_stopped_by }
    : null;
}

/**
 * Notes that a person says their address is right: it is mailed again.
 *
 * @param db theirs
 */
export async function confirmMailAddress(db: Db): Promise<void> {
  toValue(await db.rpc("confirm_mail_address"));
}

/** A mail that was sent to somebody, without its words. */
export type SentMail = Awaited<ReturnType<typeof listMails>>["mails"][number];
