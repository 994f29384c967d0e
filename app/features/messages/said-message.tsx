import { Link } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { MessageBubble } from "~/components/message-bubble";
import { changeMessagePath, reportConversationPath } from "~/lib/paths";

import { AttachmentList } from "./attachment-list";
import type { ThreadMessage } from "./thread-message";

const PAY_HERE =
  "Pay through Walkthrough: what is paid elsewhere we can’t refund, and nobody can help with it.";

type SaidMessageProps = {
  conversationId: string;
  /** The other party. */
  author: string;
  message: ThreadMessage;
  /** The last of the reader's that the other has seen. */
  isSeen: boolean;
  timeZone: string;
};

/** A message that has arrived: its words and files, what became of it, and what can be done about it. */
export function SaidMessage(props: SaidMessageProps) {
  const { conversationId, author, message, isSeen, timeZone } = props;
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
          {isSeen ? " · Seen" : null}
          <MessageLinks conversationId={conversationId} message={message} />
        </>
      }
    />
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

/** Whether nothing of it is left to be read. */
export function isGone(message: ThreadMessage): boolean {
  return message.isDeleted || message.isRemoved;
}

function absenceOf(message: ThreadMessage): string | undefined {
  if (message.isRemoved) return "Message removed by us";
  return message.isDeleted ? "Message deleted" : undefined;
}
