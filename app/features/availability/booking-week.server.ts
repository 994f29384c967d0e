import { Temporal } from "temporal-polyfill";

/** Seven days of somebody's calendar, as days and as the instants between which they lie. */
export type BookingWeek = {
  /** YYYY-MM-DD, in the reader's zone. */
  firstDay: string;
  lastDay: string;
  from: Date;
  to: Date;
  /** The first day of the week before; null for the one that begins today. */
  previous: string | null;
  /** The first day of the week after; null when it lies beyond what anybody can book. */
  next: string | null;
};

/** No coach can be booked further ahead (`availability_settings.horizon_days` is at most this). */
const HORIZON_DAYS = 90;

/**
 * The seven days from `wanted` on: a week that begins today always has seven days to choose from,
 * where a calendar week on a Friday has one.
 *
 * @param wanted first day (YYYY-MM-DD), from an address; anything that is no day, or past, is today
 * @param timeZone the reader's IANA zone: days begin at their midnight
 * @param now this moment
 */
export function bookingWeek(wanted: string | null, timeZone: string, now: Date): BookingWeek {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const last = today.add({ days: HORIZON_DAYS });
  const first = clamp(readDay(wanted) ?? today, today, last);
  const after = first.add({ days: 7 });

  return {
    firstDay: first.toString(),
    lastDay: after.subtract({ days: 1 }).toString(),
    from: midnight(first, timeZone),
    to: midnight(after, timeZone),
    previous: isBefore(today, first)
      ? clamp(first.subtract({ days: 7 }), today, last).toString()
      : null,
    next: isBefore(last, after) ? null : after.toString(),
  };
}

function readDay(text: string | null): Temporal.PlainDate | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return null;
  }
}

function clamp(day: Temporal.PlainDate, first: Temporal.PlainDate, last: Temporal.PlainDate) {
  if (isBefore(day, first)) return first;
  return isBefore(last, day) ? last : day;
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0;
}

/** Not always 00:00: where the clocks go forward at midnight, the day begins at one. */
function midnight(day: Temporal.PlainDate, timeZone: string): Date {
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}
