const formats = {
  full: new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeZone: "UTC" }),
  weekday: new Intl.DateTimeFormat("en-US", { weekday: "short", timeZone: "UTC" }),
  short: new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" }),
};

/**
 * A day of the calendar, which is in no zone.
 *
 * @param day YYYY-MM-DD
 * @returns `full` "Tuesday, June 2, 2026", `weekday` "Tue", `short` "Jun 2"
 */
export function formatDayName(day: string): { full: string; weekday: string; short: string } {
  const date = new Date(day);
  return {
    full: formats.full.format(date),
    weekday: formats.weekday.format(date),
    short: formats.short.format(date),
  };
}
