/** When a job is due: every so many seconds, or at the minutes that five fields describe (UTC). */
export type Schedule =
  | { kind: "interval"; seconds: number }
  | {
      kind: "fields";
      minutes: Set<number>;
      hours: Set<number>;
      matchesDay: (date: Date) => boolean;
    };

const SHORTHANDS: Record<string, string> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/**
 * Reads a schedule the way pg_cron does: `30 seconds` (1 to 59), five cron fields with lists,
 * ranges, steps and names, `$` for a month's last day, or a shorthand such as `@daily`.
 * @throws if it is none of these.
 */
export function parseSchedule(text: string): Schedule {
  const trimmed = text.trim().toLowerCase();
  const interval = /^(\d+) seconds?$/.exec(trimmed);
  if (interval) {
    const seconds = Number(interval[1]);
    if (seconds < 1 || seconds > 59) throw invalid(text);
    return { kind: "interval", seconds };
  }

  const [minute, hour, day, month, weekday, ...rest] = (SHORTHANDS[trimmed] ?? trimmed).split(
    /\s+/,
  );
  if (!minute || !hour || !day || !month || !weekday || rest.length > 0) throw invalid(text);

  try {
    return {
      kind: "fields",
      minutes: parseField(minute, 0, 59),
      hours: parseField(hour, 0, 23),
      matchesDay: dayMatcher(day, month, weekday),
    };
  } catch {
    throw invalid(text);
  }
}

/**
 * Whether a job is due at `now` (milliseconds), given when it last started (or the worker did).
 * A minute that passed while a run was still going is made up for once, as pg_cron does.
 */
export function isDue(schedule: Schedule, lastStart: number, now: number): boolean {
  if (schedule.kind === "interval") return now - lastStart >= schedule.seconds * 1_000;

  const firstMinute = Math.floor(lastStart / 60_000) + 1;
  for (let minute = Math.floor(now / 60_000); minute >= firstMinute; minute -= 1) {
    if (matchesMinute(schedule, new Date(minute * 60_000))) return true;
    if (now - minute * 60_000 > 3_600_000) return false; // asleep for longer: not worth a late run
  }
  return false;
}

function matchesMinute(schedule: Schedule & { kind: "fields" }, date: Date): boolean {
  return (
    schedule.minutes.has(date.getUTCMinutes()) &&
    schedule.hours.has(date.getUTCHours()) &&
    schedule.matchesDay(date)
  );
}

/** Cron's oldest rule: if both day fields are restricted, either may match. */
function dayMatcher(day: string, month: string, weekday: string): (date: Date) => boolean {
  const months = parseField(month, 1, 12, MONTHS);
  const weekdays = parseField(weekday, 0, 7, WEEKDAYS);
  if (weekdays.has(7)) weekdays.add(0);

  const lastDay = day === "$";
  const days = lastDay ? new Set<number>() : parseField(day, 1, 31);

  return (date) => {
    if (!months.has(date.getUTCMonth() + 1)) return false;

    const dayMatches = lastDay ? isLastOfMonth(date) : days.has(date.getUTCDate());
    const weekdayMatches = weekdays.has(date.getUTCDay());
    if (day.startsWith("*") || weekday.startsWith("*")) return dayMatches && weekdayMatches;
    return dayMatches || weekdayMatches;
  };
}

function isLastOfMonth(date: Date): boolean {
  return new Date(date.getTime() + 86_400_000).getUTCDate() === 1;
}

function parseField(field: string, low: number, high: number, names: string[] = []): Set<number> {
  const values = new Set<number>();

  for (const part of field.split(",")) {
    const [, range = "", step] = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(part) ?? [];
    const [first, last] = parseRange(range, low, high, names);
    // `5/10` means 5 alone to cron; only a range or a star has steps.
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

function parseRange(range: string, low: number, high: number, names: string[]): [number, number] {
  if (range === "*") return [low, high];

  const ends = range.split("-").map((end) => {
    const index = names.indexOf(end);
    return index >= 0 ? index + low : /^\d{1,2}$/.test(end) ? Number(end) : Number.NaN;
  });
  const [first = Number.NaN, last = first] = ends;
  if (ends.length > 2 || !(first >= low && first <= last && last <= high)) throw new Error(range);
  return [first, last];
}

function invalid(text: string): Error {
  return new Error(`invalid schedule: ${text}`);
}
