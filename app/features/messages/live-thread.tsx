import type { SubmissionResult } from "@conform-to/react";
import { useNavigate } from "@remix-run/react";
import { useMemo, useState } from "react";

import { conversationPath } from "~/lib/paths";

import { ClosedThread } from "./closed-thread";
import { Composer } from "./composer";
import { useInboxPlace } from "./inbox-place";
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
  const { messages, events, look } = live;
  const ids = useMemo(() => new Set(messages.map((message) => message.id)), [messages]);
  const { outgoing, write, retry, drop } = useOutbox(conversationId, {
    viewerId: thread.viewerId,
    ids,
    newestSeq: messages.at(-1)?.seq ?? 0,
    isPast,
    look,
  });
  const navigate = useNavigate();
  const place = useInboxPlace();
  const [wasOpen] = useState(thread.closedBecause === null);
  const isClosed = thread.closedBecause !== null && !lastResult;

  function writeHere(body: string, files: readonly File[]) {
    write(body, files);
    if (isPast) navigate(conversationPath(conversationId, place)); // where it will stand
  }

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
      {isClosed ? (
        <ClosedThread
          conversationId={conversationId}
          because={thread.closedBecause!}
          coachSlug={thread.counterpart.coachSlug}
        />
      ) : null}
      {/* What was typed before is kept, whatever was decided meanwhile. */}
      {isClosed && (!wasOpen || thread.closedBecause === "blocked_by_you") ? null : (
        <Composer
          lastResult={lastResult}
          draftId={draftId}
          name={thread.counterpart.name}
          answers={thread.answers}
          isClosed={isClosed}
          onWrite={writeHere}
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
