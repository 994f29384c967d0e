const day = new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" });

/**
 * "November 22 – 28", "November 29 – December 5". Days are calendar days: no zone is involved.
 *
 * @param first YYYY-MM-DD
 * @param last YYYY-MM-DD
 */
export function formatDayRange(first: string, last: string): string {
  const from = day.format(new Date(first));
  const to = day.format(new Date(last));
  return first.slice(0, 7) === last.slice(0, 7)
    ? `${from} – ${Number(last.slice(8))}`
    : `${from} – ${to}`;
}
