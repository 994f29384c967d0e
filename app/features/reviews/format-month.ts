const month = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric", timeZone: "UTC" });

/** "June 2026". A review's day would tell which session, and whose, it is about. */
export function formatMonth(instant: string): string {
  return month.format(new Date(instant));
}
