import type { SubmissionResult } from "@conform-to/react";
import { Link } from "@remix-run/react";
import ArrowLeft from "lucide-react/icons/arrow-left";
import RefreshCw from "lucide-react/icons/refresh-cw";
import { useMemo } from "react";

import { Avatar } from "~/components/avatar";
import { coachPath, conversationPath, messagesPath } from "~/lib/paths";

import { ClosedThread } from "./closed-thread";
import { Composer } from "./composer";
import { notYetArrived } from "./outbox";
import { OutgoingBubbles } from "./outgoing-bubbles";
import type { Thread } from "./read-thread.server";
import { ThreadMenu } from "./thread-menu";
import { ThreadView } from "./thread-view";
import { useLiveThread } from "./use-live-thread";
import { useOutbox } from "./use-outbox";

type LiveThreadProps = {
  thread: Thread;
  conversationId: string;
  isPast: boolean;
  draftId: string;
  lastResult: SubmissionResult<string[]> | undefined;
};

/** A thread and where one writes in it; with scripts, what the other writes appears by itself. */
export function LiveThread(props: LiveThreadProps) {
  const { thread, conversationId, isPast, draftId, lastResult } = props;
  const { isLive, catchUp, ...live } = useLiveThread(conversationId, thread, !isPast);
  const { messages } = live;
  const { outbox, write, retry, drop } = useOutbox(conversationId, catchUp);
  const arrived = useMemo(() => new Set(messages.map((message) => message.id)), [messages]);
  const outgoing = notYetArrived(outbox, arrived);

  return (
    <>
      <ThreadHeader thread={thread} conversationId={conversationId} isLive={isLive} />
      <ThreadView
        thread={{ ...thread, ...live, reading: isBlocked(thread) ? null : live.reading }}
        conversationId={conversationId}
        isPast={isPast}
      >
        {outgoing.length > 0 ? (
          <OutgoingBubbles messages={outgoing} onRetry={retry} onDrop={drop} />
        ) : null}
      </ThreadView>
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
        />
      )}
    </>
  );
}

/** Whether one has blocked the other: then neither is told any more what the other does. */
function isBlocked({ closedBecause }: Thread): boolean {
  return closedBecause === "blocked" || closedBecause === "blocked_by_you";
}

type ThreadHeaderProps = { thread: Thread; conversationId: string; isLive: boolean };

function ThreadHeader({ thread, conversationId, isLive }: ThreadHeaderProps) {
  const { name, coachSlug } = thread.counterpart;
  return (
    <header className="flex items-center gap-3 border-b px-4 py-3 sm:px-6">
      <Link
        to={messagesPath()}
        className="-ml-2 grid size-11 shrink-0 place-items-center rounded-md hover:bg-accent lg:hidden"
      >
        <ArrowLeft aria-hidden className="size-5" />
        <span className="sr-only">All messages</span>
      </Link>
      <Avatar name={name} seed={conversationId} className="size-10" />
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-lg leading-tight">{name}</h1>
        {coachSlug ? (
          <a href={coachPath(coachSlug)} className="text-link whitespace-nowrap text-sm">
            See profile and times
          </a>
        ) : null}
      </div>
      <p className="text-sm text-muted-foreground" aria-live="polite">
        {isLive ? (
          <span className="flex items-center gap-2">
            <span aria-hidden className="size-2 rounded-full bg-success" />
            Live<span className="sr-only">: new messages appear by themselves</span>
          </span>
        ) : (
          <a
            href={conversationPath(conversationId)}
            className="inline-flex min-h-11 items-center gap-2 hover:text-foreground hover:underline"
          >
            <RefreshCw aria-hidden className="size-4" />
            <span className="sr-only sm:not-sr-only">
              Check for new<span className="sr-only"> messages</span>
            </span>
          </a>
        )}
      </p>
      <ThreadMenu
        conversationId={conversationId}
        name={name}
        isBlocked={thread.closedBecause === "blocked_by_you"}
      />
    </header>
  );
}
