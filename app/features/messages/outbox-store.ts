import { liveMessagesPath } from "~/lib/paths";

import { nextToSend, outboxReducer, type OutboxEvent, type OutgoingMessage } from "./outbox";

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
    outboxes = new Map(outboxes).set(conversationId, outbox);
    warnBeforeLeaving(hasUnsent([...outboxes.values()].flat()));
    for (const listener of listeners) listener();

    const next = nextToSend(outbox);
    if (next) void send(conversationId, next);
  },
};

async function send(conversationId: string, { id, body, files }: OutgoingMessage): Promise<void> {
  outboxStore.dispatch(conversationId, { type: "taken", id });
  const error = await post(conversationId, { id, body, files });
  outboxStore.dispatch(
    conversationId,
    error === null ? { type: "sent", id } : { type: "failed", id, error },
  );
}

/** Gives what is wrong, or null when the message is stored. */
async function post(
  conversationId: string,
  message: Pick<OutgoingMessage, "id" | "body" | "files">,
): Promise<string | null> {
  const body = new FormData();
  body.set("id", message.id);
  body.set("body", message.body);
  for (const file of message.files) body.append("files", file);
  try {
    const response = await fetch(liveMessagesPath(conversationId), {
      method: "POST",
      body,
      signal: AbortSignal.timeout(message.files.length > 0 ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS),
    });
    if (response.ok) return null;
    const answer = (await response.json()) as { error?: { message?: string } };
    return answer.error?.message ?? UNREACHABLE;
  } catch {
    // No connection, no answer in time, or an answer that is not ours.
    return UNREACHABLE;
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
