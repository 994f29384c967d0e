import type { Db } from "~/lib/db.server";
import type { Database } from "~/lib/database.types";
import { toResult, toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/** Who one is talking to, how far both have read, and why nobody writes in it if so. */
export type Conversation = WithNulls<
  Functions["conversation_details"]["Returns"][number],
  "counterpart_read_at" | "closed_because"
>;

/** What happened besides what was said. */
export type EventRow = WithNulls<
  Functions["conversation_events"]["Returns"][number],
  "booking_id" | "starts_at" | "from_at" | "amount_cents"
>;

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
