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
 * Puts together what a page came with and what was found since. What is in both is there once, as it was found.
 */
export function mergeEvents(known: ThreadEvent[], found: ThreadEvent[]): ThreadEvent[] {
  return [...new Map([...known, ...found].map((event) => [event.id, event])).values()];
}

function instantOf({ createdAt }: Dated): number {
  return Date.parse(createdAt);
}
