import { Link } from "@remix-run/react";

import { Avatar } from "~/components/avatar";
import { DateTime } from "~/components/date-time";
import { UnreadCount } from "~/components/navigation";
import { Badge } from "~/components/ui/badge";
import { localDay } from "~/lib/format-date";
import { conversationPath } from "~/lib/paths";

import type { InboxPlace } from "./inbox-place";
import type { InboxThread } from "./inbox.server";
import { UnsentMark } from "./unsent-mark";

type InboxListProps = {
  /** With how long the other has waited for the reader's answer, when they do. */
  threads: (InboxThread & { waited: string | null })[];
  timeZone: string;
  /** The reader's day, YYYY-MM-DD: of its messages the time is shown. */
  today: string;
  /** Where in the inbox these are. */
  place: InboxPlace;
  /** The thread that is open beside the list. */
  openId: string | undefined;
};

/** All threads: who, whether they are a member of the reader's, the last words, when, and how many are new, how long they have waited. */
export function InboxList({ threads, timeZone, today, place, openId }: InboxListProps) {
  return (
    <ul className="divide-y">
      {threads.map((thread) => (
        <li key={thread.conversation_id}>
          <Link
            to={conversationPath(thread.conversation_id, place)}
            aria-current={thread.conversation_id === openId ? "page" : undefined}
            className="flex items-start gap-3.5 border-l-4 border-transparent px-4 py-4 hover:bg-accent aria-[current=page]:border-lamp aria-[current=page]:bg-accent"
          >
            <Avatar
              name={thread.counterpart_name}
              seed={thread.conversation_id}
              className="size-11"
            />
            <span className="min-w-0 flex-1">
              <span className="flex items-baseline justify-between gap-3">
                <span className="truncate font-semibold">{thread.counterpart_name}</span>
                {thread.last_message_at ? (
                  <DateTime
                    instant={thread.last_message_at}
                    timeZone={timeZone}
                    format={
                      localDay(thread.last_message_at, timeZone) === today ? "time" : "short-date"
                    }
                    className="shrink-0 text-[0.8125rem] text-muted-foreground"
                  />
                ) : null}
              </span>
              <span className="mt-0.5 flex items-start justify-between gap-3">
                <span className="line-clamp-2 text-[0.9375rem] text-muted-foreground">
                  {thread.is_member ? <Badge className="mr-2">Member</Badge> : null}
                  {lastWords(thread)}
                  {thread.waited ? (
                    <span className="block text-[0.8125rem] font-medium text-foreground">
                      Waiting for you {thread.waited}
                    </span>
                  ) : null}
                  <UnsentMark conversationId={thread.conversation_id} />
                </span>
                {/* The open thread is being read. */}
                {thread.conversation_id === openId ? null : (
                  <UnreadCount count={thread.unread_count} />
                )}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function lastWords({ last_body, last_is_own, last_is_deleted }: InboxThread): string {
  if (last_body === null) return "No messages yet";
  if (last_is_deleted) return last_is_own ? "You deleted a message" : "Message deleted";
  // A message without words has files.
  if (last_body === "") return last_is_own ? "You sent a file" : "Sent a file";
  return last_is_own ? `You: ${last_body}` : last_body;
}
