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
  /** Empty where there are only files. */
  body: string;
  attachments: Attachment[];
  /** ISO 8601 with offset. */
  createdAt: string;
  /** Written by the reader. */
  isOwn: boolean;
};

/** What came after a message, and how far the other party has read. */
export type NewerMessages = { messages: ThreadMessage[]; hasMore: boolean; seenSeq: number };

/**
 * Puts together what the page came with and what arrived since. A message that is in both, or
 * arrived twice, is there once.
 *
 * @returns the messages in the order of the thread
 */
export function mergeMessages(known: ThreadMessage[], arrived: ThreadMessage[]): ThreadMessage[] {
  const byId = new Map([...known, ...arrived].map((message) => [message.id, message]));
  return [...byId.values()].sort((one, other) => one.seq - other.seq);
}
