import { askSite } from "~/lib/ask-site";
import { changedMessagesPath } from "~/lib/paths";

import { createCatchUp } from "./catch-up";
import type { FoundEvents, ThreadEvent } from "./thread-event";
import type { ChangedMessages, Reading, ThreadMessage } from "./thread-message";

/** What the page of a thread has. */
type Known = { messages: ThreadMessage[]; reading: Reading | null };

/** What was found; what happened only where that was asked for. */
export type Found = Omit<ChangedMessages, "events"> & { happened: FoundEvents | null };

export type ThreadFeed = {
  /** Looks for what changed after what is known. */
  catchUp: () => void;
  /** The page has all of this. */
  knows: (page: Known & { events: ThreadEvent[] }) => void;
  /** Something may have happened besides what was said: the next look asks for that, too. */
  expectEvents: () => void;
  /**
   * Whether something that the thread's channel told would be new to the page. Either of the two can put anything
   * into the channel: it is a reason to look and never believed.
   */
  lacks: (told: { change?: unknown; readSeq?: unknown }) => boolean;
  /** How often in a row there was no message and no reading that the page had not, or no answer. */
  countMisses: () => number;
};

type Listener = { onFound: (found: Found) => void; onFailure: () => void };

/**
 * Where the page of a thread gets what was written, edited or deleted since it was opened, how far the other
 * has read, and what happened.
 *
 * @param conversationId the thread
 * @param listener gets what was found, in the order of changes; some of it may be known already
 */
export function createThreadFeed(conversationId: string, listener: Listener): ThreadFeed {
  let newest = 0;
  let readSeq = 0;
  let shown: Pick<FoundEvents, "from" | "asOf"> = { from: 0, asOf: [] };
  let areEventsDue = false;
  let misses = 0;

  function knows({ messages, reading }: Known) {
    newest = Math.max(newest, ...messages.map((message) => message.change));
    readSeq = Math.max(readSeq, reading?.seq ?? 0);
  }

  async function read(): Promise<Found> {
    const asked = areEventsDue ? shown : null;
    areEventsDue = false; // what is told from now on is another look's
    try {
      const { events, ...found } = await readChanged(conversationId, newest, asked?.from ?? null);
      return { ...found, happened: asked && events && { ...asked, events } };
    } catch (error) {
      areEventsDue ||= asked !== null;
      throw error;
    }
  }

  return {
    knows(page) {
      shown = { from: page.messages[0]?.seq ?? 0, asOf: page.events };
      knows(page);
    },
    expectEvents: () => void (areEventsDue = true),
    lacks: ({ change, readSeq: told }) => isBeyond(change, newest) || isBeyond(told, readSeq),
    countMisses: () => misses,
    catchUp: createCatchUp({
      read,
      take(found) {
        const isNew = found.messages.length > 0 || (found.reading?.seq ?? 0) > readSeq;
        misses = isNew ? 0 : misses + 1;
        knows(found);
        listener.onFound(found);
        return found.hasMore;
      },
      onFailure() {
        misses += 1;
        listener.onFailure();
      },
    }),
  };
}

/** Whether what was told is a number at all, as the database counts, and a later one. */
function isBeyond(told: unknown, known: number): boolean {
  return Number.isSafeInteger(told) && Number(told) > known;
}

async function readChanged(
  conversationId: string,
  after: number,
  eventsFrom: number | null,
): Promise<ChangedMessages> {
  const response = await askSite(changedMessagesPath(conversationId, after, eventsFrom));
  if (!response.ok) throw new Error(`no answer for changed messages (${response.status})`);
  const answer = (await response.json()) as { data: ChangedMessages };
  return answer.data;
}
