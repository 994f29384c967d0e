import type { Db } from "~/lib/db.server";
import { toResult, toValue } from "~/lib/domain-error";

/** How many messages a page of a thread has. */
const THREAD_PAGE = 50;

const COLUMNS =
  "id, seq, change, sender_id, body, created_at, edited_at, deleted_at, removed_at, has_payment_hint, message_attachments(id, position, name, size_bytes, width, height)";

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
    .limit(THREAD_PAGE + 1); // one more says that there are older ones
  if (before !== null) query = query.lt("seq", before);

  const messages = toValue(await query);
  const hasOlder = messages.length > THREAD_PAGE;
  return { messages: messages.slice(0, THREAD_PAGE).reverse(), hasOlder };
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
 * Asks whether a party may write now, before the files for it are looked at and uploaded.
 *
 * @param db theirs
 * @param conversationId the thread
 * @param id the message's: the sender's to choose
 * @returns null when they may; the message's number when it is sent already; or MSNFD, MSBLK, MSRDO, MSFST, UPONB
 */
export async function prepareMessage(db: Db, conversationId: string, id: string) {
  const prepared = toResult(
    await db.rpc("prepare_message", { conversation_id: conversationId, message_id: id }),
  );
  // Null for a message that is not sent; generated types take it for a number.
  return prepared.ok ? { ...prepared, value: prepared.value as number | null } : prepared;
}

/**
 * A party writes to the other.
 *
 * @param db theirs
 * @param message `id` is the sender's to choose: sent again, it is the same message; the files are
 *   uploaded already
 * @returns its number in the thread, or MSNFD, MSBLK, MSRDO, MSBOD, MSFST, MSTWO, MSTEN, MSGON, UPONB
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
