/** What happened between the two of a thread besides what they said. */
export type ThreadEvent = {
  id: string;
  kind: string;
  /** client, coach, admin or system. */
  actor: string;
  /** Whether it was the reader who did it. */
  isOwn: boolean;
  /** When it happened. ISO 8601 with offset. */
  createdAt: string;
  bookingId: string | null;
  offerTitle: string;
  /** Of a session: its time, then. */
  startsAt: string | null;
  sessionCount: number;
  amountCents: number | null;
};

/** What was found to have happened since a page's first message. */
export type FoundEvents = {
  /** The number of that message. */
  from: number;
  /** What the page had when this was asked for. */
  asOf: ThreadEvent[];
  events: ThreadEvent[];
};

type Dated = { createdAt: string };

/** A thread as it is read: what was said and what happened, each in its own kind, the oldest first. */
export type FeedItem<Message> =
  | { type: "message"; createdAt: string; message: Message }
  | { type: "event"; createdAt: string; event: ThreadEvent };

/**
 * Puts what happened between what was said. Messages keep their order, whatever their clocks say; an event
 * stands before the first message that was written after it.
 *
 * @param messages in the order of the thread
 * @param events in any order
 */
export function interleave<Message extends Dated>(
  messages: Message[],
  events: ThreadEvent[],
): FeedItem<Message>[] {
  const waiting = events.toSorted((one, other) => instantOf(one) - instantOf(other));
  const items: FeedItem<Message>[] = [];
  for (const message of messages) {
    while (waiting[0] && instantOf(waiting[0]) < instantOf(message)) push(waiting.shift()!);
    items.push({ type: "message", createdAt: message.createdAt, message });
  }
  waiting.forEach(push);
  return items;

  function push(event: ThreadEvent) {
    items.push({ type: "event", createdAt: event.createdAt, event });
  }
}

/**
 * What is shown to have happened. What was found stands for what the page came with: of that something may be gone,
 * as a review that was removed. Where the page was read again meanwhile nobody knows which of the two is newer: then
 * all is shown, and what is in both once, as it was found.
 *
 * @param known what the page came with
 * @param from the number of its first message
 * @param found what was found since, of this page or of one before it
 */
export function shownEvents(
  known: ThreadEvent[],
  from: number,
  found: FoundEvents | null,
): ThreadEvent[] {
  if (found?.from !== from) return known;
  if (found.asOf === known) return found.events;
  return [...new Map([...known, ...found.events].map((event) => [event.id, event])).values()];
}

function instantOf({ createdAt }: Dated): number {
  return Date.parse(createdAt);
}
