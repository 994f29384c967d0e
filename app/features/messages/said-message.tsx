import { Link } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { MessageBubble } from "~/components/message-bubble";
import { formatShortDate, localDay } from "~/lib/format-date";
import { changeMessagePath, reportConversationPath } from "~/lib/paths";

import { AttachmentList } from "./attachment-list";
import { isGone, type ThreadMessage } from "./thread-message";

const PAY_HERE =
  "Pay through Walkthrough: what is paid elsewhere we can’t refund, and nobody can help with it.";

type SaidMessageProps = {
  conversationId: string;
  /** The other party. */
  author: string;
  message: ThreadMessage;
  /** When the other read it, of the last of the reader's that they have; ISO 8601 with offset. */
  readAt: string | null;
  timeZone: string;
};

/** A message that has arrived: its words and files, what became of it, and what can be done about it. */
export function SaidMessage(props: SaidMessageProps) {
  const { conversationId, author, message, readAt, timeZone } = props;
  return (
    <MessageBubble
      author={author}
      mine={message.isOwn}
      body={message.body}
      absence={absenceOf(message)}
      files={
        message.attachments.length > 0 ? (
          <AttachmentList conversationId={conversationId} attachments={message.attachments} />
        ) : null
      }
      note={message.hasPaymentHint ? PAY_HERE : null}
      at={
        <>
          <DateTime instant={message.createdAt} timeZone={timeZone} format="time" />
          {message.isEdited && !isGone(message) ? " · Edited" : null}
          {readAt ? (
            <ReadReceipt at={readAt} writtenAt={message.createdAt} timeZone={timeZone} />
          ) : null}
          <MessageLinks conversationId={conversationId} message={message} />
        </>
      }
    />
  );
}

type ReadReceiptProps = { at: string; writtenAt: string; timeZone: string };

/** When the other read it; the day as well, if that was another. Not read out as it comes: it is nothing new. */
function ReadReceipt({ at, writtenAt, timeZone }: ReadReceiptProps) {
  const isSameDay = localDay(at, timeZone) === localDay(writtenAt, timeZone);
  return (
    <span aria-live="off">
      {" · Read "}
      {isSameDay ? null : <span aria-hidden>{formatShortDate(at, timeZone)}, </span>}
      <DateTime instant={at} timeZone={timeZone} format="time" />
    </span>
  );
}

type MessageLinksProps = { conversationId: string; message: ThreadMessage };

/** What the reader can do about a message. */
function MessageLinks({ conversationId, message }: MessageLinksProps) {
  // What its sender took back can still be reported; what we removed is decided.
  if (message.isRemoved || (message.isDeleted && message.isOwn)) return null;
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

function absenceOf(message: ThreadMessage): string | undefined {
  if (message.isRemoved) return "Message removed by us";
  return message.isDeleted ? "Message deleted" : undefined;
}
