import { Link } from "@remix-run/react";
import { Fragment, type ReactNode } from "react";

import { formatDate } from "~/lib/format-date";
import { conversationPath } from "~/lib/paths";

import { EventLine } from "./event-line";
import { groupMessages } from "./group-messages";
import { useInboxPlace } from "./inbox-place";
import type { Thread } from "./read-thread.server";
import { SaidMessage } from "./said-message";
import { interleave } from "./thread-event";
import { findLastRead } from "./thread-message";

type ThreadViewProps = {
  thread: Thread;
  conversationId: string;
  /** An older page is shown. */
  isPast: boolean;
  /** What was written here and has not arrived yet, as items of the list. */
  children?: ReactNode;
};

/**
 * The messages under their days, the newest at the foot. The box scrolls by itself and starts at
 * its foot without a script: its one child hangs from the bottom.
 */
export function ThreadView({ thread, conversationId, isPast, children }: ThreadViewProps) {
  const { counterpart, messages, events, hasOlder, reading, timeZone } = thread;
  // Of an older page one would not know whether it is the last.
  const lastRead = isPast ? undefined : findLastRead(messages, reading);
  const first = messages[0];
  const place = useInboxPlace();

  return (
    <div
      // Another page is another log: what it came with is nothing new to be read out.
      key={isPast ? first?.seq : "newest"}
      role="log"
      aria-label={`Messages with ${counterpart.name}`}
      // A box that scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto overscroll-contain px-4 py-6 sm:px-6"
    >
      <ol className="mt-auto space-y-3">
        {hasOlder && first ? (
          <EdgeLink to={conversationPath(conversationId, { ...place, before: first.seq })}>
            Older messages
          </EdgeLink>
        ) : null}
        {groupMessages(interleave(messages, events), timeZone).map(({ day, messages: items }) => (
          <Fragment key={day}>
            <li className="py-2 text-center text-[0.8125rem] font-medium text-muted-foreground">
              <time dateTime={day}>{formatDate(items[0]!.createdAt, timeZone)}</time>
            </li>
            {items.map((item) =>
              item.type === "event" ? (
                <EventLine
                  key={item.event.id}
                  event={item.event}
                  name={counterpart.name}
                  timeZone={timeZone}
                />
              ) : (
                <SaidMessage
                  key={item.message.id}
                  conversationId={conversationId}
                  author={counterpart.name}
                  message={item.message}
                  readAt={reading && item.message === lastRead ? reading.at : null}
                  timeZone={timeZone}
                />
              ),
            )}
          </Fragment>
        ))}
        {isPast ? (
          <EdgeLink to={conversationPath(conversationId, place)}>Newest messages</EdgeLink>
        ) : null}
        {children}
        {messages.length === 0 && events.length === 0 && !children ? (
          <NothingYet name={counterpart.name} />
        ) : null}
      </ol>
    </div>
  );
}

function EdgeLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <li className="text-center">
      <Link to={to} className="text-link inline-flex min-h-11 items-center">
        {children}
      </Link>
    </li>
  );
}

function NothingYet({ name }: { name: string }) {
  return (
    <li className="px-2 pb-4 text-center text-muted-foreground">
      Nothing has been written yet. Say what you would like to work on with {name}.
    </li>
  );
}
