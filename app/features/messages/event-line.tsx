import { Link } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { bookingPath } from "~/lib/paths";

import { eventWords } from "./event-words";
import type { ThreadEvent } from "./thread-event";

type EventLineProps = { event: ThreadEvent; name: string; timeZone: string };

/** What happened between two messages, as an item of their list; of a session, with the way to it. */
export function EventLine({ event, name, timeZone }: EventLineProps) {
  const words = eventWords(event, name);
  return (
    <li className="px-2 py-1 text-center text-[0.875rem] text-muted-foreground">
      <p className="mx-auto inline-block max-w-full rounded-lg border border-dashed px-3 py-1.5">
        {event.bookingId ? (
          <Link to={bookingPath(event.bookingId)} className="font-medium text-foreground underline">
            {words}
          </Link>
        ) : (
          words
        )}
        {event.startsAt ? (
          <>
            {event.kind === "moved" ? " to " : event.sessionCount > 1 ? ", first on " : ", "}
            <DateTime instant={event.startsAt} timeZone={timeZone} />
          </>
        ) : null}
        <span aria-hidden> · </span>
        <DateTime instant={event.createdAt} timeZone={timeZone} format="time" />
      </p>
    </li>
  );
}
