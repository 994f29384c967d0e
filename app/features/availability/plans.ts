import { timeLabel } from "./weekly-hours";

type OverrideRow = { day: string; starts_at: string | null; ends_at: string | null };

/** A date with hours of its own: "9:00 AM – 12:00 PM", or none when it is closed. */
export type Override = { day: string; hours: string[] };

/**
 * Dates with what they say, from one row for each block.
 *
 * @param rows in order of date and time; without times a date is closed
 */
export function groupOverrides(rows: readonly OverrideRow[]): Override[] {
  const days = new Map<string, string[]>();
  for (const { day, starts_at, ends_at } of rows) {
    const hours = days.get(day) ?? [];
    if (starts_at && ends_at) hours.push(`${wallTime(starts_at)} – ${wallTime(ends_at)}`);
    days.set(day, hours);
  }
  return [...days].map(([day, hours]) => ({ day, hours }));
}

/** "9:00 AM" for a time as the database sends it, HH:MM:SS. */
export function wallTime(time: string): string {
  return timeLabel(time.slice(0, 5));
}
