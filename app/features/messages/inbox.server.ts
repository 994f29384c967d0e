import type { Db } from "~/lib/db.server";
import type { Database } from "~/lib/database.types";
import { toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type InboxRow = Database["public"]["Functions"]["inbox"]["Returns"][number];

/** A thread in the inbox. Nobody may have written in it yet, and nobody wait in it. */
export type InboxThread = WithNulls<
  InboxRow,
  "last_body" | "last_is_own" | "last_message_at" | "waiting_since"
>;

/** How many threads a page of the inbox has; one row more says that there is a next page. */
const INBOX_PAGE = 30;

/**
 * One page of a person's threads, the one with the newest message first; for a coach, members who wait
 * for an answer come before.
 *
 * @param db theirs
 * @param page from 1
 * @param isWaiting only those in which the reader owes an answer, whoever has waited longest first
 */
export async function readInbox(
  db: Db,
  page: number,
  isWaiting: boolean,
): Promise<{ threads: InboxThread[]; hasNext: boolean }> {
  const rows = toValue(await db.rpc("inbox", { page_number: page, only_waiting: isWaiting }));
  return { threads: rows.slice(0, INBOX_PAGE), hasNext: rows.length > INBOX_PAGE };
}
