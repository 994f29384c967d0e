import type { SubmissionResult } from "@conform-to/react";
import { useMemo } from "react";

import { ClosedThread } from "./closed-thread";
import { Composer } from "./composer";
import { notYetArrived } from "./outbox";
import { OutgoingBubbles } from "./outgoing-bubbles";
import type { Thread } from "./read-thread.server";
import { ThreadHeader } from "./thread-header";
import { ThreadView } from "./thread-view";
import { TypingStatus } from "./typing-status";
import { useLiveThread } from "./use-live-thread";
import { useOutbox } from "./use-outbox";

type LiveThreadProps = {
  thread: Thread;
  conversationId: string;
  isPast: boolean;
  draftId: string;
  lastResult: SubmissionResult<string[]> | undefined;
};

/** A thread and where one writes in it; with scripts, what the other does appears by itself. */
export function LiveThread(props: LiveThreadProps) {
  const { thread, conversationId, isPast, draftId, lastResult } = props;
  const live = useLiveThread(conversationId, thread, !isPast);
  const { messages, events, catchUp } = live;
  const { outbox, write, retry, drop } = useOutbox(conversationId, catchUp);
  const arrived = useMemo(() => new Set(messages.map((message) => message.id)), [messages]);
  const outgoing = notYetArrived(outbox, arrived);

  return (
    <>
      <ThreadHeader
        thread={thread}
        conversationId={conversationId}
        isLive={live.isLive}
        isOtherHere={live.isOtherHere}
      />
      <ThreadView
        thread={{ ...thread, messages, events, reading: isBlocked(thread) ? null : live.reading }}
        conversationId={conversationId}
        isPast={isPast}
      >
        {outgoing.length > 0 ? (
          <OutgoingBubbles messages={outgoing} onRetry={retry} onDrop={drop} />
        ) : null}
      </ThreadView>
      <TypingStatus name={thread.counterpart.name} typing={live.typing} />
      {/* What was typed before is kept, whatever was decided meanwhile. */}
      {thread.closedBecause && !lastResult ? (
        <ClosedThread
          conversationId={conversationId}
          because={thread.closedBecause}
          coachSlug={thread.counterpart.coachSlug}
        />
      ) : (
        <Composer
          lastResult={lastResult}
          draftId={draftId}
          name={thread.counterpart.name}
          answers={thread.answers}
          onWrite={isPast ? undefined : write} // from an older page, sending leads to the newest
          onType={live.onType}
        />
      )}
    </>
  );
}

/** Whether one has blocked the other: then neither is told any more what the other does. */
function isBlocked({ closedBecause }: Thread): boolean {
  return closedBecause === "blocked" || closedBecause === "blocked_by_you";
}
