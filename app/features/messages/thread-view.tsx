import { Link } from "@remix-run/react";
import { Fragment, type ReactNode } from "react";

import { DateTime } from "~/components/date-time";
import { MessageBubble } from "~/components/message-bubble";
import { formatDate } from "~/lib/format-date";
import { changeMessagePath, conversationPath, reportConversationPath } from "~/lib/paths";

import { AttachmentList } from "./attachment-list";
import { groupMessages } from "./group-messages";
import type { Thread } from "./read-thread.server";
import type { ThreadMessage } from "./thread-message";

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
  const { counterpart, messages, hasOlder, seenSeq, timeZone } = thread;
  const lastOwn = messages.findLast((message) => message.isOwn && !isGone(message));
  const first = messages[0];

  return (
    <div
      role="log"
      aria-label={`Messages with ${counterpart.name}`}
      // A box that scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto overscroll-contain px-4 py-6 sm:px-6"
    >
      <ol className="mt-auto space-y-3">
        {hasOlder && first ? (
          <EdgeLink to={conversationPath(conversationId, { before: first.seq })}>
            Older messages
          </EdgeLink>
        ) : null}
        {groupMessages(messages, timeZone).map(({ day, messages: dayMessages }) => (
          <Fragment key={day}>
            <li className="py-2 text-center text-[0.8125rem] font-medium text-muted-foreground">
              <time dateTime={day}>{formatDate(dayMessages[0]!.createdAt, timeZone)}</time>
            </li>
            {dayMessages.map((message) => (
              <MessageBubble
                key={message.id}
                author={counterpart.name}
                mine={message.isOwn}
                body={message.body}
                absence={absenceOf(message)}
                files={
                  message.attachments.length > 0 ? (
                    <AttachmentList
                      conversationId={conversationId}
                      attachments={message.attachments}
                    />
                  ) : null
                }
                note={
                  message.hasPaymentHint
                    ? "Pay through Walkthrough: what is paid elsewhere we can’t refund, and nobody can help with it."
                    : null
                }
                at={
                  <>
                    <DateTime instant={message.createdAt} timeZone={timeZone} format="time" />
                    {message.isEdited && !isGone(message) ? " · Edited" : null}
                    {message === lastOwn && message.seq <= seenSeq ? " · Seen" : null}
                    <MessageLinks conversationId={conversationId} message={message} />
                  </>
                }
              />
            ))}
          </Fragment>
        ))}
        {isPast ? <EdgeLink to={conversationPath(conversationId)}>Newest messages</EdgeLink> : null}
        {children}
        {messages.length === 0 && !children ? <NothingYet name={counterpart.name} /> : null}
      </ol>
    </div>
  );
}

type MessageLinksProps = { conversationId: string; message: ThreadMessage };

/** What the reader can do about a message. */
function MessageLinks({ conversationId, message }: MessageLinksProps) {
  if (isGone(message)) return null;
  return (
    <>
      {" · "}
      {message.isOwn ? (
        <Link to={changeMessagePath(conversationId, message.id)} className="hover:underline">
          Change<span className="sr-only"> or delete this message</span>
        </Link>
      ) : (
        <Link to={reportConversationPath(conversationId, message.id)} className="hover:underline">
          Report<span className="sr-only"> this message</span>
        </Link>
      )}
    </>
  );
}

function isGone(message: ThreadMessage): boolean {
  return message.isDeleted || message.isRemoved;
}

function absenceOf(message: ThreadMessage): string | undefined {
  if (message.isRemoved) return "Message removed by us";
  return message.isDeleted ? "Message deleted" : undefined;
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
