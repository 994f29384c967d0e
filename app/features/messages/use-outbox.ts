import { useEffect, useSyncExternalStore } from "react";

import { doneWith, notYetArrived, type OutgoingMessage, type ShownPage } from "./outbox";
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

/**
 * Nothing of somebody else's is kept who was signed in here before.
 *
 * @param viewerId the profile's id of who is signed in; null for nobody: who signs in again still has theirs
 */
export function useOwnOutboxOnly(viewerId: string | null): void {
  useEffect(() => {
    if (viewerId !== null) outboxStore.keepOnlyOf(viewerId);
  }, [viewerId]);
}

type OutboxPage = ShownPage & {
  /** The reader's profile's id. */
  viewerId: string;
  /** Looks for what is new. */
  look: () => void;
};

/**
 * Sends messages from the browser without leaving the page, and keeps those that fail.
 *
 * @param conversationId the thread
 * @param page what the page of it shows, and to whom
 * @returns what is to be shown below it, and what can be done
 */
export function useOutbox(conversationId: string, page: OutboxPage) {
  const { viewerId, ids, newestSeq, isPast, look } = page;
  const outbox = useOutgoing(conversationId);
  const sentCount = outbox.filter(({ state }) => state === "sent").length;
  useEffect(() => {
    if (sentCount > 0) look();
  }, [sentCount, look]);
  useEffect(() => {
    for (const { id } of doneWith(outbox, { ids, newestSeq, isPast })) {
      outboxStore.dispatch(conversationId, { type: "dropped", id });
    }
  }, [outbox, ids, newestSeq, isPast, conversationId]);

  return {
    outgoing: notYetArrived(outbox, page),
    write: (body: string, files: readonly File[]) =>
      outboxStore.dispatch(conversationId, {
        type: "written",
        id: crypto.randomUUID(),
        writerId: viewerId,
        body,
        files,
      }),
    retry: (id: string) => outboxStore.dispatch(conversationId, { type: "retried", id }),
    drop: (id: string) => outboxStore.dispatch(conversationId, { type: "dropped", id }),
  };
}
