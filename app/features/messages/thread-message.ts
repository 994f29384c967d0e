import type { ThreadEvent } from "./thread-event";

/** A file of a message. */
export type Attachment = {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  /** Pixels of a picture's preview; null for anything else. */
  preview: { width: number; height: number } | null;
};

/** A message as the page of its thread shows it. */
export type ThreadMessage = {
  id: string;
  /** Its number in the thread, from 1, without gaps. */
  seq: number;
  /** The number of what was last done to it, over the thread: a larger one is a later state of it. */
  change: number;
  /** Empty where there are only files, and where it was deleted. */
  body: string;
  attachments: Attachment[];
  /** ISO 8601 with offset. */
  createdAt: string;
  /** Its sender changed what it says. */
  isEdited: boolean;
  /** Its sender took it back. */
  isDeleted: boolean;
  /** We took it away. */
  isRemoved: boolean;
  /** It sounds as if payment moves off the platform. */
  hasPaymentHint: boolean;
  /** Written by the reader. */
  isOwn: boolean;
};

/** How far the other party has read, and when (ISO 8601 with offset). */
export type Reading = { seq: number; at: string };

/**
 * What changed after a change, in that order, and how far the other party has read: null when they have read
 * nothing, or that is not told. With what happened besides, from the page's first message, if it was asked for.
 */
export type ChangedMessages = {
  messages: ThreadMessage[];
  hasMore: boolean;
  reading: Reading | null;
  events: ThreadEvent[] | null;
  /** Why nobody writes in it; null when both may. */
  closedBecause: string | null;
};

/** Of what two answers say, in whatever order they came: nobody reads backwards. */
export function laterReading(one: Reading | null, other: Reading | null): Reading | null {
  if (!one || !other) return one ?? other;
  return other.seq > one.seq ? other : one;
}

/**
 * Puts together what the page came with and what arrived since. A message that is in both, or
 * arrived twice, is there once, as it was last. One that is older than all the page came with belongs
 * to an older page.
 *
 * @returns the messages in the order of the thread
 */
export function mergeMessages(known: ThreadMessage[], arrived: ThreadMessage[]): ThreadMessage[] {
  const firstSeq = known[0]?.seq ?? 0;
  const byId = new Map<string, ThreadMessage>();
  for (const message of [...known, ...arrived]) {
    const isLater = message.change >= (byId.get(message.id)?.change ?? 0);
    if (isLater && message.seq >= firstSeq) byId.set(message.id, message);
  }
  return [...byId.values()].sort((one, other) => one.seq - other.seq);
}

/** Whether nothing of it is left to be read. */
export function isGone(message: ThreadMessage): boolean {
  return message.isDeleted || message.isRemoved;
}

/** The last of the reader's own messages that the other has read. */
export function findLastRead(
  messages: ThreadMessage[],
  reading: Reading | null,
): ThreadMessage | undefined {
  if (!reading) return undefined;
  return messages.findLast(
    (message) => message.isOwn && !isGone(message) && message.seq <= reading.seq,
  );
}
