import { Link } from "@remix-run/react";
import ArrowLeft from "lucide-react/icons/arrow-left";
import RefreshCw from "lucide-react/icons/refresh-cw";

import { Avatar } from "~/components/avatar";
import { cn } from "~/lib/class-names";
import { coachPath, conversationPath, messagesPath } from "~/lib/paths";

import { useInboxPlace } from "./inbox-place";
import type { Thread } from "./read-thread.server";
import { ThreadMenu } from "./thread-menu";

type ThreadHeaderProps = {
  thread: Thread;
  conversationId: string;
  /** New messages appear by themselves. */
  isLive: boolean;
  /** The other looks at the thread, too. */
  isOtherHere: boolean;
};

/** Who one is talking to, whether they are there, and what else can be done about it. */
export function ThreadHeader(props: ThreadHeaderProps) {
  const { thread, conversationId, isLive, isOtherHere } = props;
  const { name, coachSlug } = thread.counterpart;
  const place = useInboxPlace();
  return (
    <header className="flex items-center gap-3 border-b px-4 py-3 sm:px-6">
      <Link
        to={messagesPath(place.page, place)}
        className="-ml-2 grid size-11 shrink-0 place-items-center rounded-md hover:bg-accent lg:hidden"
      >
        <ArrowLeft aria-hidden className="size-5" />
        <span className="sr-only">All messages</span>
      </Link>
      <div className="relative shrink-0">
        <Avatar name={name} seed={conversationId} className="size-10" />
        {isOtherHere ? (
          <span
            aria-hidden
            className="absolute -bottom-1 -right-1 size-3.5 rounded-full border-2 border-card bg-success"
          />
        ) : null}
      </div>
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-lg leading-tight">{name}</h1>
        {/* As high whether or not the other is there. */}
        <p className="min-h-5 text-sm leading-5 text-muted-foreground">
          {isOtherHere ? (
            <span className={cn(coachSlug && "sr-only sm:not-sr-only")}>Online now</span>
          ) : null}
          {isOtherHere && coachSlug ? <span className="hidden sm:inline"> · </span> : null}
          {coachSlug ? (
            <a href={coachPath(coachSlug)} className="text-link whitespace-nowrap">
              See profile and times
            </a>
          ) : null}
        </p>
      </div>
      <p className="text-sm text-muted-foreground" aria-live="polite">
        {isLive ? (
          <span className="flex items-center gap-2">
            <span aria-hidden className="size-2 rounded-full bg-success" />
            Live<span className="sr-only">: new messages appear by themselves</span>
          </span>
        ) : (
          <a
            href={conversationPath(conversationId, place)}
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
