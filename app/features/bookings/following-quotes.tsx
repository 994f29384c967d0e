import { TimeSpan } from "~/components/date-time";
import { Money } from "~/components/money";

import type { FollowingQuote } from "./series.server";

type FollowingQuotesProps = { quotes: FollowingQuote[]; timeZone: string };

/** What comes back for each of the sessions that are cancelled together. */
export function FollowingQuotes({ quotes, timeZone }: FollowingQuotesProps) {
  return (
    <ul className="divide-y rounded-lg border bg-card text-[0.9375rem]">
      {quotes.map(({ session_id, starts_at, ends_at, refund_cents, returns_credit }) => (
        <li
          key={session_id}
          className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-5 py-3"
        >
          <TimeSpan start={starts_at} end={ends_at} timeZone={timeZone} />
          <span className="tabular-nums">
            {returns_credit ? (
              "Back to the package"
            ) : (
              <>
                <Money cents={refund_cents} alwaysCents /> back
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
