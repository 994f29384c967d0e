import type { ReactNode } from "react";

import { cn } from "~/lib/class-names";

import { LinkedText } from "./linked-text";

type MessageBubbleProps = {
  /** Who wrote it; read out before the text. */
  author: string;
  /** Written by the reader: at the right, in the darker colour. */
  mine: boolean;
  /** The words. Line breaks are kept, addresses can be followed; nothing else is interpreted. */
  body: string;
  /** What was sent with them; while it is pending, nothing that can be gone to. With neither, the files were removed. */
  files?: ReactNode;
  /** What to say where there are no words and no files, when it is not that the files were removed. */
  absence?: string | undefined;
  /** What both are told about it. */
  note?: string | null;
  /** When: usually a `<DateTime>`, and what can be done about it. */
  at: ReactNode;
  /** Sent from this browser and not yet confirmed. */
  pending?: boolean;
};

/** One message of a conversation, as an item of an `<ol>`. */
export function MessageBubble({
  author,
  mine,
  body,
  files,
  absence = "A file that was removed",
  note,
  at,
  pending = false,
}: MessageBubbleProps) {
  return (
    // Read out once, when it has arrived. What is hidden from a reader must not be a place for their keyboard either.
    <li
      aria-hidden={pending || undefined}
      className={cn("flex flex-col", mine ? "items-end" : "items-start")}
    >
      <div
        className={cn(
          "max-w-[85%] whitespace-pre-wrap break-words rounded-lg px-4 py-2.5 leading-relaxed sm:max-w-[70%]",
          mine
            ? "rounded-br-sm bg-plan text-plan-foreground dark:border"
            : "rounded-bl-sm border bg-card",
          pending && "opacity-60",
          !body && !files && "border border-dashed bg-transparent text-muted-foreground",
        )}
      >
        <span className="sr-only">{mine ? "You" : author}: </span>
        {pending ? body : <LinkedText text={body} />}
        {files ? <div className={cn(body && "mt-2.5")}>{files}</div> : null}
        {body || files ? null : <span className="italic">{absence}</span>}
      </div>
      {note ? (
        <p className="mt-1.5 max-w-[85%] rounded-md border-l-4 border-lamp bg-accent px-3 py-2 text-[0.9375rem] sm:max-w-[70%]">
          {note}
        </p>
      ) : null}
      <p className="mt-1 px-1 text-[0.8125rem] text-muted-foreground">
        {pending ? "Sending…" : at}
      </p>
    </li>
  );
}
