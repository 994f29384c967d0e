import { newerMessagesPath } from "~/lib/paths";

import { createCatchUp } from "./catch-up";
import type { NewerMessages } from "./thread-message";

const TIMEOUT_MS = 15_000;

export type ThreadFeed = {
  /** Looks for what is newer than what is known. */
  catchUp: () => void;
  /** The page has messages up to this number. */
  knows: (seq: number) => void;
  /** Whether a message with this number would be new. */
  lacks: (seq: number) => boolean;
};

type Listener = { onFound: (found: NewerMessages) => void; onFailure: () => void };

/**
 * Where the page of a thread gets what was written since it was opened.
 *
 * @param conversationId the thread
 * @param listener gets what was found, oldest first; some of it may be known already
 */
export function createThreadFeed(conversationId: string, listener: Listener): ThreadFeed {
  let newest = 0;
  const knows = (seq: number) => void (newest = Math.max(newest, seq));

  return {
    knows,
    lacks: (seq) => seq > newest,
    catchUp: createCatchUp({
      read: () => readNewer(conversationId, newest),
      take(found) {
        knows(found.messages.at(-1)?.seq ?? 0);
        listener.onFound(found);
        return found.hasMore;
      },
      onFailure: listener.onFailure,
    }),
  };
}

async function readNewer(conversationId: string, after: number): Promise<NewerMessages> {
  const response = await fetch(newerMessagesPath(conversationId, after), {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`no answer for newer messages (${response.status})`);
  const answer = (await response.json()) as { data: NewerMessages };
  return answer.data;
}
