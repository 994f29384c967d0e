/** A message that was written here and is not yet part of the thread the server gave us. */
export type OutgoingMessage = {
  /** A uuid: sent again under the same id, it stays one message. */
  id: string;
  body: string;
  files: readonly File[];
  /** `sent` ones wait for the thread to be read again. */
  state: "waiting" | "sending" | "sent" | "failed";
  /** Why it failed, for a person. */
  error?: string;
};

export type OutboxEvent =
  | { type: "written"; id: string; body: string; files: readonly File[] }
  | { type: "taken"; id: string }
  | { type: "sent"; id: string }
  | { type: "failed"; id: string; error: string }
  | { type: "retried"; id: string }
  | { type: "dropped"; id: string };

/** What happens to messages on their way. */
export function outboxReducer(outbox: OutgoingMessage[], event: OutboxEvent): OutgoingMessage[] {
  switch (event.type) {
    case "written": {
      const { id, body, files } = event;
      return [...outbox, { id, body, files, state: "waiting" }];
    }
    case "taken":
      return change(outbox, event.id, { state: "sending" });
    case "sent":
      return change(outbox, event.id, { state: "sent" });
    case "failed":
      return change(outbox, event.id, { state: "failed", error: event.error });
    case "retried":
      return change(outbox, event.id, { state: "waiting", error: undefined });
    case "dropped":
      return outbox.filter((message) => message.id !== event.id);
  }
}

/**
 * The message to send now. One at a time, in the order in which they were written: two on their
 * way at once could arrive the other way round. One that failed does not hold up the rest.
 *
 * @returns null when there is none, or one is on its way
 */
export function nextToSend(outbox: OutgoingMessage[]): OutgoingMessage | null {
  if (outbox.some((message) => message.state === "sending")) return null;
  return outbox.find((message) => message.state === "waiting") ?? null;
}

/**
 * @param outbox what was written here
 * @param arrived ids of the messages on the page
 * @param isPast an older page: what is stored stands on the newest
 * @returns what is to be shown below the thread: each message is shown once
 */
export function notYetArrived(
  outbox: OutgoingMessage[],
  arrived: ReadonlySet<string>,
  isPast: boolean,
): OutgoingMessage[] {
  return outbox.filter(({ id, state }) => !arrived.has(id) && !(isPast && state === "sent"));
}

function change(outbox: OutgoingMessage[], id: string, changes: Partial<OutgoingMessage>) {
  return outbox.map((message) => (message.id === id ? { ...message, ...changes } : message));
}
