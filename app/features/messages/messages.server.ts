import type { Db } from "~/lib/db.server";
import type { Database } from "~/lib/database.types";
import { toResult, toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type InboxRow = Database["public"]["Functions"]["inbox"]["Returns"][number];
type ConversationRow = Database["public"]["Functions"]["conversation_details"]["Returns"][number];

/** A thread in the inbox. Nobody may have written in it yet, and nobody wait in it. */
export type InboxThread = WithNulls<
  InboxRow,
  "last_body" | "last_is_own" | "last_message_at" | "waiting_since"
>;

/** What happened besides what was said. */
export type EventRow = WithNulls<
  Database["public"]["Functions"]["conversation_events"]["Returns"][number],
  "booking_id" | "starts_at" | "from_at" | "amount_cents"
>;

/** Who one is talking to, how far both have read, and why nobody writes in it if so. */
export type Conversation = WithNulls<ConversationRow, "counterpart_read_at" | "closed_because">;

/** How many threads a page of the inbox has; one row more says that there is a next page. */
const INBOX_PAGE = 30;

/** How many messages a page of what was found has; one row more says that there is a next page. */
const SEARCH_PAGE = 20;

/** How many messages a page of a thread has. */
const THREAD_PAGE = 50;

const COLUMNS =
  "id, seq, change, sender_id, body, created_at, edited_at, deleted_at, removed_at, has_payment_hint, message_attachments(id, position, name, size_bytes, width, height)";

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

/**
 * @param db a party's
 * @param conversationId the thread
 * @returns its head; null when it does not exist or is not theirs: the two look the same
 */
export async function findConversation(
  db: Db,
  conversationId: string,
): Promise<Conversation | null> {
  return toValue(
    await db.rpc("conversation_details", { conversation_id: conversationId }).maybeSingle(),
  );
}

/**
 * One page of a thread.
 *
 * @param db a party's
 * @param conversationId the thread
 * @param before only messages with a smaller number than this; null for the newest page
 * @returns the messages, oldest first, and whether there are older ones
 */
export async function readMessages(db: Db, conversationId: string, before: number | null) {
  let query = db
    .from("messages")
    .select(COLUMNS)
    .eq("conversation_id", conversationId)
    .order("seq", { ascending: false })
    .limit(THREAD_PAGE);
  if (before !== null) query = query.lt("seq", before);

  const messages = toValue(await query).reverse();
  // Numbers have no gaps and begin with 1.
  return { messages, hasOlder: (messages[0]?.seq ?? 1) > 1 };
}

/**
 * What happened between the two of a thread besides what they said, the newest first.
 *
 * @param db a party's
 * @param conversationId the thread
 * @param page the messages it is shown with, from the first to the last; null is open
 */
export async function readEvents(
  db: Db,
  conversationId: string,
  page: { firstSeq: number | null; lastSeq: number | null },
): Promise<EventRow[]> {
  const { firstSeq, lastSeq } = page;
  return toValue(
    await db.rpc("conversation_events", {
      conversation_id: conversationId,
      ...(firstSeq !== null && { first_seq: firstSeq }),
      ...(lastSeq !== null && { last_seq: lastSeq }),
    }),
  );
}

/**
 * What was written, edited or deleted since a change that is known, as much as fits on a page.
 *
 * @param db a party's
 * @param conversationId the thread
 * @param after the number of the last change known
 * @returns the messages as they are now, in the order of their changes, and whether there may be more
 */
export async function readChangedMessages(db: Db, conversationId: string, after: number) {
  const messages = toValue(
    await db
      .from("messages")
      .select(COLUMNS)
      .eq("conversation_id", conversationId)
      .gt("change", after)
      .order("change")
      .limit(THREAD_PAGE),
  );
  return { messages, hasMore: messages.length === THREAD_PAGE };
}

/**
 * Remembers that a party has seen a thread up to a message.
 *
 * @param db theirs
 * @param conversationId the thread
 * @param seq the number of the newest message they were shown
 */
export async function markRead(db: Db, conversationId: string, seq: number): Promise<void> {
  toValue(await db.rpc("mark_read", { conversation_id: conversationId, seq }));
}

/**
 * A party writes to the other.
 *
 * @param db theirs
 * @param message `id` is the sender's to choose: sent again, it is the same message; the files are
 *   uploaded already
 * @returns its number in the thread, or MSNFD, MSBLK, MSRDO, MSBOD, MSFST, MSTEN, MSGON, UPONB
 */
export async function sendMessage(
  db: Db,
  message: { id: string; conversationId: string; body: string; attachmentIds: string[] },
) {
  return toResult(
    await db.rpc("send_message", {
      conversation_id: message.conversationId,
      message_id: message.id,
      body: message.body,
      attachment_ids: message.attachmentIds,
    }),
  );
}

/**
 * The sender changes what a message says.
 *
 * @param db theirs
 * @param messageId which
 * @param body what it is to say
 * @returns nothing, or MSNON, MSDEL, MSBLK, MSRDO, MSLAT, MSBOD, MSFST
 */
export async function editMessage(db: Db, messageId: string, body: string) {
  return toResult(await db.rpc("edit_message", { message_id: messageId, body }));
}

/**
 * The sender takes a message back, from both.
 *
 * @param db theirs
 * @param messageId which
 * @returns nothing, or MSNON, MSDEL
 */
export async function deleteMessage(db: Db, messageId: string) {
  return toResult(await db.rpc("delete_message", { message_id: messageId }));
}

/**
 * A message before its sender changes it or takes it back.
 *
 * @param db theirs
 * @param messageId which
 * @returns the message; null when it is not theirs, or was deleted
 */
export async function findMessageToChange(db: Db, messageId: string) {
  return toValue(await db.rpc("message_to_change", { message_id: messageId }).maybeSingle());
}

/**
 * A message as a party reads it.
 *
 * @param db theirs
 * @param conversationId its thread
 * @param messageId which
 * @returns who wrote it and what it says; null when there is none
 */
export async function findMessage(db: Db, conversationId: string, messageId: string) {
  return toValue(
    await db
      .from("messages")
      .select("sender_id, body")
      .eq("conversation_id", conversationId)
      .eq("id", messageId)
      .maybeSingle(),
  );
}

/**
 * Messages of a person's own threads in which words occur, the newest first.
 *
 * @param db theirs
 * @param query as in a search engine: "in quotes" together, -without
 * @param page from 1
 * @returns one page; the words that were found stand between U+0002 and U+0003, see splitMarks
 */
export async function searchMessages(db: Db, query: string, page: number) {
  const rows = toValue(await db.rpc("search_messages", { query, page_number: page }));
  return { found: rows.slice(0, SEARCH_PAGE), hasNext: rows.length > SEARCH_PAGE };
}

/**
 * A party wants to hear nothing more from the other.
 *
 * @param db theirs
 * @param conversationId the thread
 * @returns nothing, or MSNFD, UPONB
 */
export async function blockConversation(db: Db, conversationId: string) {
  return toResult(await db.rpc("block_conversation", { conversation_id: conversationId }));
}

/**
 * Takes the reader's own block of a thread back.
 *
 * @param db theirs
 * @param conversationId the thread
 * @returns nothing, or MSNFD, UPONB
 */
export async function unblockConversation(db: Db, conversationId: string) {
  return toResult(await db.rpc("unblock_conversation", { conversation_id: conversationId }));
}

/**
 * A client writes to a coach for the first time, or comes back to the thread they have, which opens
 * again if it was over.
 *
 * @param db the client's
 * @param coachId the practice
 * @returns the thread's id, or OCNFD, MSOWN, MSLIM, UPONB
 */
export async function startConversation(db: Db, coachId: string) {
  return toResult(await db.rpc("start_conversation", { coach_id: coachId }));
}
