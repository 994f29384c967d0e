import { useEffect, useSyncExternalStore } from "react";

import { notYetArrived, type OutgoingMessage } from "./outbox";
import { outboxStore } from "./outbox-store";

const NOTHING: OutgoingMessage[] = [];

/**
 * What was written in a thread and is on its way, whichever pages were looked at meanwhile.
 *
 * @param conversationId the thread
 */
export function useOutgoing(conversationId: string): OutgoingMessage[] {
  return useSyncExternalStore(
    outboxStore.subscribe,
    () => outboxStore.read(conversationId),
    () => NOTHING,
  );
}

type Shown = {
  /** Of the messages on the page. */
  ids: ReadonlySet<string>;
  /** An older page. */
  isPast: boolean;
  /** Looks for what is new. */
  catchUp: () => void;
};

/**
 * Sends messages from the browser without leaving the page, and keeps those that fail.
 *
 * @param conversationId the thread
 * @param shown what the page of it shows
 * @returns what is to be shown below it, and what can be done
 */
export function useOutbox(conversationId: string, { ids, isPast, catchUp }: Shown) {
  const outbox = useOutgoing(conversationId);
  const sentCount = outbox.filter(({ state }) => state === "sent").length;
  useEffect(() => {
    if (sentCount > 0) catchUp();
  }, [sentCount, catchUp]);
  useEffect(() => {
    for (const { id, state } of outbox) {
      if (state === "sent" && ids.has(id)) {
        outboxStore.dispatch(conversationId, { type: "dropped", id });
      }
    }
  }, [outbox, ids, conversationId]);

  return {
    outgoing: notYetArrived(outbox, ids, isPast),
    write: (body: string, files: readonly File[]) =>
      outboxStore.dispatch(conversationId, {
        type: "written",
        id: crypto.randomUUID(),
        body,
        files,
      }),
    retry: (id: string) => outboxStore.dispatch(conversationId, { type: "retried", id }),
    drop: (id: string) => outboxStore.dispatch(conversationId, { type: "dropped", id }),
  };
}
