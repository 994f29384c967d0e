import { formatShortDate, formatTime, formatZone, localDay } from "~/lib/format-date";

const DAY = 24 * 60 * 60 * 1000;

/**
 * When something is, as one would say it: "today 3:00 PM EST", "tomorrow 9:30 AM EST",
 * "Thu, Jun 4, 3:00 PM EDT".
 *
 * @param instant the moment
 * @param timeZone the reader's IANA zone
 * @param now this moment
 */
export function nextFreeWords(instant: string, timeZone: string, now: Date): string {
  const day = localDay(instant, timeZone);
  const time = `${formatTime(instant, timeZone)} ${formatZone(instant, timeZone)}`;
  if (day === localDay(now, timeZone)) return `today ${time}`;
  // The first moment of tomorrow is at most 25 hours away, its last at least 23 more.
  const isTomorrow = day === localDay(new Date(startOfDayAfter(now, timeZone)), timeZone);
  return isTomorrow ? `tomorrow ${time}` : `${formatShortDate(instant, timeZone)}, ${time}`;
}

/** Some moment of the next day: the first whole hour from now that is not of today. */
function startOfDayAfter(now: Date, timeZone: string): number {
  const today = localDay(now, timeZone);
  let at = now.getTime();
  while (localDay(new Date(at), timeZone) === today) at += DAY / 24;
  return at;
}
