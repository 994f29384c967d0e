/** A message that was written here and is not yet part of the thread the server gave us. */
export type OutgoingMessage = {
  /** A uuid: sent again under the same id, it stays one message. */
  id: string;
  /** Who wrote it: their profile's id. Another may have signed in meanwhile, in another tab. */
  writerId: string;
  body: string;
  files: readonly File[];
  /** `sent` ones wait for the thread to be read again. */
  state: "waiting" | "sending" | "sent" | "failed";
  /** Its number in the thread, once it is sent. */
  seq?: number;
  /** Why it failed, for a person. */
  error?: string;
};

/** What is known of a message from the beginning. */
export type WrittenMessage = Pick<OutgoingMessage, "id" | "writerId" | "body" | "files">;

/** What the page of a thread shows. */
export type ShownPage = {
  /** Of its messages. */
  ids: ReadonlySet<string>;
  /** The number of the last of them; 0 without any. */
  newestSeq: number;
  /** An older page: what is stored stands on the newest. */
  isPast: boolean;
};

export type OutboxEvent =
  | ({ type: "written" } & WrittenMessage)
  | { type: "taken"; id: string }
  | { type: "sent"; id: string; seq: number }
  | { type: "failed"; id: string; error: string }
  | { type: "retried"; id: string }
  | { type: "dropped"; id: string };

/** What happens to messages on their way. */
export function outboxReducer(outbox: OutgoingMessage[], event: OutboxEvent): OutgoingMessage[] {
  switch (event.type) {
    case "written": {
      const { id, writerId, body, files } = event;
      return [...outbox, { id, writerId, body, files, state: "waiting" }];
    }
    case "taken":
      return change(outbox, event.id, { state: "sending" });
    case "sent":
      return change(outbox, event.id, { state: "sent", seq: event.seq });
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
 * @param page of the thread
 * @returns what is to be shown below it: each message is shown once
 */
export function notYetArrived(outbox: OutgoingMessage[], page: ShownPage): OutgoingMessage[] {
  return outbox.filter(
    (message) => !hasArrived(message, page) && !(page.isPast && message.state === "sent"),
  );
}

/**
 * What need not be kept any more: the thread has it, also where no answer said so in time. The next message
 * waits for the answer to the one that is on its way, so that one is kept until it comes.
 *
 * @param outbox what was written here
 * @param page of the thread
 */
export function doneWith(outbox: OutgoingMessage[], page: ShownPage): OutgoingMessage[] {
  return outbox.filter((message) => message.state !== "sending" && hasArrived(message, page));
}

/** Whether it stands on the page, or on an older one since so much was written after it. */
function hasArrived({ id, seq }: OutgoingMessage, { ids, newestSeq }: ShownPage): boolean {
  return ids.has(id) || (seq !== undefined && seq <= newestSeq);
}

function change(outbox: OutgoingMessage[], id: string, changes: Partial<OutgoingMessage>) {
  return outbox.map((message) => (message.id === id ? { ...message, ...changes } : message));
}
