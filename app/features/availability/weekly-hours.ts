import { z } from "zod";

/** ISO weekdays, in the order of a working week. */
export const WEEKDAYS = [
  { weekday: 1, name: "Monday" },
  { weekday: 2, name: "Tuesday" },
  { weekday: 3, name: "Wednesday" },
  { weekday: 4, name: "Thursday" },
  { weekday: 5, name: "Friday" },
  { weekday: 6, name: "Saturday" },
  { weekday: 7, name: "Sunday" },
] as const;

/** How many blocks of hours a day has room for. */
export const POSITIONS = [1, 2, 3] as const;

/** Wall time in the coach's zone, `HH:MM`; 24:00 is midnight at the end of the day. */
export type HoursBlock = { weekday: number; starts_at: string; ends_at: string };

/** The names of a block's two fields. */
export function blockFields(weekday: number, position: number): { from: string; to: string } {
  return { from: `from-${weekday}-${position}`, to: `to-${weekday}-${position}` };
}

const ALL_BLOCKS = WEEKDAYS.flatMap(({ weekday }) =>
  POSITIONS.map((position) => ({ weekday, ...blockFields(weekday, position) })),
);

const Time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "Choose a time from the list.")
  .optional();

/** The form of a week. Whether blocks end after they start, or overlap, is save_weekly_hours's to say. */
export const WeeklyHoursSchema = z
  .object(
    Object.fromEntries(
      ALL_BLOCKS.flatMap(({ from, to }) => [
        [from, Time],
        [to, Time],
      ]),
    ),
  )
  .transform((times, context): HoursBlock[] =>
    ALL_BLOCKS.flatMap(({ weekday, from, to }) => {
      const starts_at = times[from];
      const ends_at = times[to];
      if (starts_at && ends_at) return [{ weekday, starts_at, ends_at }];
      if (starts_at) context.addIssue({ code: "custom", path: [to], message: "Choose an end." });
      if (ends_at) context.addIssue({ code: "custom", path: [from], message: "Choose a start." });
      return [];
    }),
  );

/**
 * The form's values for hours as they are stored.
 *
 * @param blocks in any order; times may have seconds
 * @returns values by field name; a day's blocks in order of time
 */
export function weekValues(blocks: readonly HoursBlock[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { weekday } of WEEKDAYS) {
    blocks
      .filter((block) => block.weekday === weekday)
      .sort((one, other) => one.starts_at.localeCompare(other.starts_at))
      .forEach((block, index) => {
        const { from, to } = blockFields(weekday, index + 1);
        values[from] = block.starts_at.slice(0, 5);
        values[to] = block.ends_at.slice(0, 5);
      });
  }
  return values;
}

const STEP_MINUTES = 30;

/**
 * The times to choose from, every half hour, with the chosen one among them whatever it is.
 *
 * @param end whether it is a block's end: then 24:00 is one, and 00:00 is not
 * @param chosen `HH:MM`, if any
 */
export function timeOptions(end: boolean, chosen?: string): { value: string; label: string }[] {
  const first = end ? STEP_MINUTES : 0;
  const values = Array.from({ length: (24 * 60) / STEP_MINUTES }, (_, index) =>
    clock(first + index * STEP_MINUTES),
  );
  if (chosen && !values.includes(chosen)) values.push(chosen);
  return values.sort().map((value) => ({ value, label: timeLabel(value) }));
}

/**
 * A wall time as people here say it: "9:00 AM", "12:30 PM".
 *
 * @param time `HH:MM`
 */
export function timeLabel(time: string): string {
  if (time === "24:00") return "Midnight";
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const half = hour < 12 ? "AM" : "PM";
  return `${hour % 12 || 12}:${String(minute).padStart(2, "0")} ${half}`;
}

function clock(minutes: number): string {
  const hour = String(Math.floor(minutes / 60)).padStart(2, "0");
  return `${hour}:${String(minutes % 60).padStart(2, "0")}`;
}
