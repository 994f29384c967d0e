import { liveMessagesPath } from "~/lib/paths";

import {
  nextToSend,
  outboxReducer,
  type OutboxEvent,
  type OutgoingMessage,
  type WrittenMessage,
} from "./outbox";

const TIMEOUT_MS = 15_000;
/** Files take their time over a telephone. */
const UPLOAD_TIMEOUT_MS = 180_000;
const UNREACHABLE = "Not sent: we couldn’t reach the site.";

const EMPTY: OutgoingMessage[] = [];

/** By thread. */
let outboxes: ReadonlyMap<string, OutgoingMessage[]> = new Map();
const listeners = new Set<() => void>();

/**
 * What was written in this tab and is on its way, of all threads. Apart from any page: who goes on to another is not to
 * lose what they wrote. In the browser alone; on the server it is always empty.
 */
export const outboxStore = {
  /** @param listener is called after every change */
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },

  /** @returns the same array until it changes */
  read: (conversationId: string): OutgoingMessage[] => outboxes.get(conversationId) ?? EMPTY,

  /** Something happens to a message of a thread. What waits is sent. */
  dispatch(conversationId: string, event: OutboxEvent): void {
    const outbox = outboxReducer(outboxStore.read(conversationId), event);
    replace(new Map(outboxes).set(conversationId, outbox));

    const next = nextToSend(outbox);
    if (next) void send(conversationId, next);
  },

  /**
   * Somebody else may have signed in here: nobody is shown, asked about, or made to send what another wrote.
   *
   * @param writerId the profile's id of who is signed in
   */
  keepOnlyOf(writerId: string): void {
    const messages = [...outboxes.values()].flat();
    if (messages.every((message) => message.writerId === writerId)) return;
    replace(
      new Map(
        [...outboxes].map(([conversationId, outbox]) => [
          conversationId,
          outbox.filter((message) => message.writerId === writerId),
        ]),
      ),
    );
  },
};

function replace(changed: typeof outboxes): void {
  outboxes = changed;
  warnBeforeLeaving(hasUnsent([...outboxes.values()].flat()));
  for (const listener of listeners) listener();
}

async function send(conversationId: string, message: OutgoingMessage): Promise<void> {
  const { id } = message;
  outboxStore.dispatch(conversationId, { type: "taken", id });
  const answer = await post(conversationId, message);
  outboxStore.dispatch(
    conversationId,
    "seq" in answer ? { type: "sent", id, ...answer } : { type: "failed", id, ...answer },
  );
}

/** Gives the message's number in the thread, or what is wrong. */
async function post(
  conversationId: string,
  message: WrittenMessage,
): Promise<{ seq: number } | { error: string }> {
  const body = new FormData();
  body.set("id", message.id);
  body.set("writerId", message.writerId);
  body.set("body", message.body);
  for (const file of message.files) body.append("files", file);
  try {
    const response = await fetch(liveMessagesPath(conversationId), {
      method: "POST",
      body,
      signal: AbortSignal.timeout(message.files.length > 0 ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS),
    });
    const answer = (await response.json()) as
      { data: { seq: number } } | { error?: { message?: string } };
    if ("data" in answer) return { seq: answer.data.seq };
    return { error: answer.error?.message ?? UNREACHABLE };
  } catch {
    // No connection, no answer in time, or an answer that is not ours.
    return { error: UNREACHABLE };
  }
}

function hasUnsent(messages: OutgoingMessage[]): boolean {
  return messages.some(({ state }) => state !== "sent");
}

/** Closing the tab, or a page that is loaded anew, would lose them: the browser asks first. */
function warnBeforeLeaving(isToWarn: boolean): void {
  if (isToWarn) window.addEventListener("beforeunload", ask);
  else window.removeEventListener("beforeunload", ask);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
