const MINUTE_MS = 60_000;

/**
 * A span of time in the largest unit that says it, rounded down.
 *
 * @param minutes how long; less than one is one
 * @returns as in "25 minutes", "1 hour", "3 days"
 */
export function formatSpan(minutes: number): string {
  const whole = Math.max(1, Math.floor(minutes));
  if (whole < 60) return count(whole, "minute");
  const hours = Math.floor(whole / 60);
  return hours < 48 ? count(hours, "hour") : count(Math.floor(hours / 24), "day");
}

/**
 * How long something has lasted.
 *
 * @param since since when, ISO 8601
 * @param now now
 * @returns as formatSpan does
 */
export function formatSpanSince(since: string, now: Date): string {
  return formatSpan((now.getTime() - Date.parse(since)) / MINUTE_MS);
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
