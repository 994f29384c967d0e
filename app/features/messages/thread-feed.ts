import { changedMessagesPath } from "~/lib/paths";

import { createCatchUp } from "./catch-up";
import type { ChangedMessages } from "./thread-message";

const TIMEOUT_MS = 15_000;

export type ThreadFeed = {
  /** Looks for what changed after what is known. */
  catchUp: () => void;
  /** The page has all changes up to this number. */
  knows: (change: number) => void;
  /** Whether a change of this number would be new. */
  lacks: (change: number) => boolean;
};

type Listener = { onFound: (found: ChangedMessages) => void; onFailure: () => void };

/**
 * Where the page of a thread gets what was written, edited or deleted since it was opened.
 *
 * @param conversationId the thread
 * @param listener gets what was found, in the order of changes; some of it may be known already
 */
export function createThreadFeed(conversationId: string, listener: Listener): ThreadFeed {
  let newest = 0;
  const knows = (change: number) => void (newest = Math.max(newest, change));

  return {
    knows,
    lacks: (change) => change > newest,
    catchUp: createCatchUp({
      read: () => readChanged(conversationId, newest),
      take(found) {
        knows(found.messages.at(-1)?.change ?? 0);
        listener.onFound(found);
        return found.hasMore;
      },
      onFailure: listener.onFailure,
    }),
  };
}

async function readChanged(conversationId: string, after: number): Promise<ChangedMessages> {
  const response = await fetch(changedMessagesPath(conversationId, after), {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`no answer for changed messages (${response.status})`);
  const answer = (await response.json()) as { data: ChangedMessages };
  return answer.data;
}
