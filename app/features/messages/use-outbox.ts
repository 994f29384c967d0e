import { useEffect, useReducer } from "react";

import { liveMessagesPath } from "~/lib/paths";

import { nextToSend, outboxReducer, type OutgoingMessage } from "./outbox";

const TIMEOUT_MS = 15_000;
/** Files take their time over a telephone. */
const UPLOAD_TIMEOUT_MS = 180_000;
const UNREACHABLE = "Not sent: we couldn’t reach the site.";

/**
 * Sends messages from the browser without leaving the page, and keeps those that fail.
 *
 * @param conversationId the thread
 * @param onSent is called when the server has stored one
 */
export function useOutbox(conversationId: string, onSent: () => void) {
  const [outbox, dispatch] = useReducer(outboxReducer, []);
  const next = nextToSend(outbox);

  useEffect(() => {
    if (!next) return;
    dispatch({ type: "taken", id: next.id });
    void post(conversationId, next).then((error) => {
      if (error !== null) return dispatch({ type: "failed", id: next.id, error });
      dispatch({ type: "sent", id: next.id });
      onSent();
    });
  }, [next, conversationId, onSent]);

  return {
    outbox,
    write: (body: string, files: readonly File[]) =>
      dispatch({ type: "written", id: crypto.randomUUID(), body, files }),
    retry: (id: string) => dispatch({ type: "retried", id }),
    drop: (id: string) => dispatch({ type: "dropped", id }),
  };
}

/** Gives what is wrong, or null when the message is stored. */
async function post(conversationId: string, message: OutgoingMessage): Promise<string | null> {
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
