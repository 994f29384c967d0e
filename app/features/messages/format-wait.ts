const MINUTE = 60_000;

/**
 * How long somebody has waited, in the largest unit that says it.
 *
 * @param since since when, ISO 8601
 * @param now now
 * @returns as in "25 minutes", "1 hour", "3 days"; less than a minute is "1 minute"
 */
export function formatWait(since: string, now: Date): string {
  const minutes = Math.max(1, Math.floor((now.getTime() - Date.parse(since)) / MINUTE));
  if (minutes < 60) return count(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? count(hours, "hour") : count(Math.floor(hours / 24), "day");
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
