import fc from "fast-check";
import { Temporal } from "temporal-polyfill";

import type { Cut, Slot } from "./practice-database.ts";

/** Hours of one weekday, HH:MM by the coach's clock; 1 is Monday, 24:00 is the end of the day. */
export type Block = { weekday: number; starts_at: string; ends_at: string };
export type Week = Block[];

const QUARTER = 15;

/** One or two blocks a day, on some days; often in the night, where clocks change. */
export function anyWeek(): fc.Arbitrary<Week> {
  const day = fc
    .oneof(quarterHours(0, 20), quarterHours(0, 96), fc.constant<number[]>([]))
    .map(toBlocks);
  return fc
    .tuple(day, day, day, day, day, day, day)
    .map((days) =>
      days.flatMap((blocks, index) => blocks.map((block) => ({ weekday: index + 1, ...block }))),
    );
}

/** Lengths and steps that a coach can choose. */
export function anyCut(): fc.Arbitrary<Cut> {
  return fc.record({
    minutes: fc.integer({ min: 3, max: 48 }).map((fives) => fives * 5),
    step: fc.constantFrom(15, 20, 30, 60),
    notice: fc.integer({ min: 0, max: 20_160 }),
  });
}

/** Quarters of an hour since midnight, in order. */
export function quarterHours(min: number, max: number): fc.Arbitrary<number[]> {
  return fc
    .uniqueArray(fc.integer({ min, max }), { minLength: 2, maxLength: 4 })
    .map((quarters) => quarters.sort((left, right) => left - right));
}

/** [8, 16, 20] is 02:00 to 04:00; what is left over is dropped. */
export function toBlocks(quarters: number[]): Pick<Block, "starts_at" | "ends_at">[] {
  const blocks = [];
  for (let index = 0; index + 1 < quarters.length; index += 2) {
    blocks.push({ starts_at: clock(quarters[index]!), ends_at: clock(quarters[index + 1]!) });
  }
  return blocks;
}

/** HH:MM, so many quarters of an hour after midnight. */
export function clock(quarters: number): string {
  const minutes = quarters * QUARTER;
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

/**
 * What should be offered, worked out without the database: each block of each day becomes two
 * instants, never earlier than the clock first allows and never later than it first forbids.
 *
 * @param from inclusive, milliseconds since 1970
 * @param to exclusive
 */
export function expectedSlots(
  week: Week,
  { minutes, step }: Cut,
  timeZone: string,
  from: number,
  to: number,
): Slot[] {
  const slots: Slot[] = [];
  const first = dateOf(from, timeZone).subtract({ days: 1 });
  const last = dateOf(to, timeZone).add({ days: 1 });

  for (
    let date = first;
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    for (const block of week.filter(({ weekday }) => weekday === date.dayOfWeek)) {
      const opensAt = instantOf(date, block.starts_at, timeZone, "later");
      const closesAt = instantOf(date, block.ends_at, timeZone, "earlier");
      const length = minutes * 60_000;
      for (let at = opensAt; at + length <= closesAt; at += step * 60_000) {
        if (at >= from && at < to) slots.push({ startsAt: at, endsAt: at + length });
      }
    }
  }
  return slots.sort((left, right) => left.startsAt - right.startsAt);
}

const QUARTER_MS = QUARTER * 60_000;
const dates = new Map<string, Temporal.PlainDate>();

/** The date by the calendar of a zone. No clock changes but at a quarter of an hour. */
export function dateOf(milliseconds: number, timeZone: string): Temporal.PlainDate {
  const quarter = Math.floor(milliseconds / QUARTER_MS) * QUARTER_MS;
  return remember(dates, `${quarter} ${timeZone}`, () => zonedOf(quarter, timeZone).toPlainDate());
}

/** Temporal is slow, and tens of thousands of cases ask about the same few days. */
function remember<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}

/** The moment by the clocks of a zone. */
export function zonedOf(milliseconds: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(timeZone);
}

const instants = new Map<string, number>();

/**
 * Wall time as an instant.
 *
 * @param time HH:MM; 24:00 is the end of the day
 * @param disambiguation which one of two where clocks skip the time or show it twice
 * @returns milliseconds since 1970
 */
export function instantOf(
  date: Temporal.PlainDate,
  time: string,
  timeZone: string,
  disambiguation: "earlier" | "later",
): number {
  return remember(instants, `${date.toString()} ${time} ${timeZone} ${disambiguation}`, () => {
    const local =
      time === "24:00" ? date.add({ days: 1 }).toPlainDateTime() : date.toPlainDateTime(time);
    return local.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds;
  });
}
