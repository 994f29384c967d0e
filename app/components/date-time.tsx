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

type DateTimeProps = {
  instant: Instant;
  /** The reader's IANA zone. */
  timeZone: string;
  /** `full` says everything; the short forms still read out in full. */
  format?: "full" | "date" | "medium-date" | "short-date" | "time";
  className?: string;
};

/** A moment in the reader's zone. Whatever is shown, the full date and the zone can be read out. */
export function DateTime({ instant, timeZone, format = "full", className }: DateTimeProps) {
  const full = formatDateTime(instant, timeZone);
  const shown = {
    full,
    date: formatDate(instant, timeZone),
    "medium-date": formatMediumDate(instant, timeZone),
    "short-date": formatShortDate(instant, timeZone),
    time: formatTime(instant, timeZone),
  }[format];

  return (
    // Zones are renamed between versions of ICU; the server's words stay.
    <time
      dateTime={new Date(instant).toISOString()}
      title={shown === full ? undefined : full}
      className={className}
      suppressHydrationWarning
    >
      {shown}
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
