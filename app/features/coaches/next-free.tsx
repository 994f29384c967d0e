import { formatDateTime } from "~/lib/format-date";

import { nextFreeWords } from "./next-free-words";

type NextFreeProps = {
  /** Null when nothing is free. */
  instant: string | null;
  /** The reader's IANA zone. */
  timeZone: string;
};

/** When a coach can be booked next, as text of the page; the full date and the zone are read out. */
export function NextFree({ instant, timeZone }: NextFreeProps) {
  if (!instant) {
    return <p className="text-[0.9375rem] text-muted-foreground">No free times right now</p>;
  }
  return (
    <p className="text-[0.9375rem]" suppressHydrationWarning>
      <span className="text-muted-foreground">Next free: </span>
      <time
        dateTime={instant}
        title={formatDateTime(instant, timeZone)}
        className="font-medium tabular-nums"
        suppressHydrationWarning
      >
        {nextFreeWords(instant, timeZone, new Date())}
      </time>
    </p>
  );
}
