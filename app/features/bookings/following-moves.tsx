import { TimeSpan } from "~/components/date-time";
import { Badge } from "~/components/ui/badge";
import { formatDateTime } from "~/lib/format-date";

import type { FollowingMove } from "./series.server";

type FollowingMovesProps = { moves: FollowingMove[]; timeZone: string };

/** Where each of the sessions that move together would go, and which of them can't. */
export function FollowingMoves({ moves, timeZone }: FollowingMovesProps) {
  return (
    <ul className="divide-y rounded-lg border bg-card text-[0.9375rem]">
      {moves.map(({ from, to, isFree }) => (
        <li key={from} className="space-y-1 px-5 py-3">
          <p className="text-muted-foreground line-through" suppressHydrationWarning>
            <span className="sr-only">From </span>
            {formatDateTime(from, timeZone)}
          </p>
          <p className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 font-semibold">
            <span>
              <span className="sr-only">To </span>
              <TimeSpan start={to.startsAt} end={to.endsAt} timeZone={timeZone} />
            </span>
            {isFree ? null : <Badge variant="lamp">Not free</Badge>}
          </p>
        </li>
      ))}
    </ul>
  );
}
