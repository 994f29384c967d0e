import { cn } from "~/lib/class-names";
import {
  formatDate,
  formatDateTime,
  formatMediumDate,
  formatShortDate,
  formatTime,
  formatTimeRange,
  formatZone,
  type Instant,
} from "~/lib/format-date";

/** What is shown. Only what is asked for is worked out: a thread has many of them. */
const FORMATS = {
  full: formatDateTime,
  date: formatDate,
  "medium-date": formatMediumDate,
  "short-date": formatShortDate,
  time: formatTime,
};

type DateTimeProps = {
  instant: Instant;
  /** The reader's IANA zone. */
  timeZone: string;
  /** `full` says everything; the short forms are still read out in full. */
  format?: keyof typeof FORMATS;
  className?: string;
};

/**
 * A moment in the reader's zone. Where little is shown, a screen reader says the whole date, and a pointer that
 * rests on it is told the zone as well.
 */
export function DateTime({ instant, timeZone, format = "full", className }: DateTimeProps) {
  const full = formatDateTime(instant, timeZone);
  const shown = FORMATS[format](instant, timeZone);
  const said = format === "full" || format === "time" ? full : formatDate(instant, timeZone);

  return (
    // Zones are renamed between versions of ICU; the server's words stay.
    <time
      dateTime={new Date(instant).toISOString()}
      title={shown === full ? undefined : full}
      className={cn("relative", className)}
      suppressHydrationWarning
    >
      {shown === said ? (
        shown
      ) : (
        <>
          <span aria-hidden="true" suppressHydrationWarning>
            {shown}
          </span>
          <span className="sr-only" suppressHydrationWarning>
            {said}
          </span>
        </>
      )}
    </time>
  );
}

type TimeSpanProps = { start: Instant; end: Instant; timeZone: string; className?: string };

/** From when to when a session lasts, with the date and the zone named. */
export function TimeSpan({ start, end, timeZone, className }: TimeSpanProps) {
  return (
    <span className={className} suppressHydrationWarning>
      <time dateTime={new Date(start).toISOString()} suppressHydrationWarning>
        {formatDate(start, timeZone)}, {formatTimeRange(start, end, timeZone)}
      </time>{" "}
      <span className="text-muted-foreground" suppressHydrationWarning>
        {formatZone(start, timeZone)}
      </span>
    </span>
  );
}
