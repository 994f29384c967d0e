import { Temporal } from "temporal-polyfill";

import { WEEKS } from "./weeks.ts";
import type { WeekName } from "./coach-copy.ts";

/**
 * A time on a coach's calendar that a session may start at.
 *
 * @param now the instant that days are counted from
 * @param days from today in the coach's zone; negative for the past
 * @param choice any number; the same one gives the same time of the day
 * @param minutes how long the session lasts
 * @returns null when the coach doesn't work on that day, or not that long
 */
export function startOn(
  practice: { week: WeekName; timeZone: string },
  now: Date,
  days: number,
  choice: number,
  minutes: number,
): Date | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(practice.timeZone)
    .toPlainDate();
  const date = today.add({ days });

  const starts = WEEKS[practice.week]
    .filter((block) => block.weekday === date.dayOfWeek)
    .flatMap((block) => halfHours(block.startsAt, block.endsAt, minutes));
  const time = starts[choice % Math.max(1, starts.length)];
  if (!time) return null;

  const zoned = date.toZonedDateTime({ timeZone: practice.timeZone, plainTime: time });
  return new Date(zoned.epochMilliseconds);
}

/** The half hours from `from` on at which a session of `minutes` ends by `to`. */
function halfHours(from: string, to: string, minutes: number): Temporal.PlainTime[] {
  const starts: Temporal.PlainTime[] = [];
  const end = Temporal.PlainTime.from(to);
  for (
    let time = Temporal.PlainTime.from(from);
    time.until(end).total("minutes") >= minutes;
    time = time.add({ minutes: 30 })
  ) {
    starts.push(time);
  }
  return starts;
}
