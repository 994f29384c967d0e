import fc from "fast-check";
import type { Temporal } from "temporal-polyfill";

import { anyWeek, clock, dateOf, quarterHours, toBlocks, zonedOf, type Week } from "./week.ts";

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Everything that decides when a coach can be booked. Columns are named as the tables name them. */
export type Calendar = {
  /** Where the coach lives. */
  time_zone: string;
  week: Week;
  /** Dates with blocks of their own; none is closed. */
  overrides: { day: string; blocks: { starts_at: string; ends_at: string }[] }[];
  away: { first_day: string; starts_at: string; last_day: string; ends_at: string }[];
  trips: { first_day: string; last_day: string; time_zone: string }[];
  rules: Rules;
  minutes: number;
  /** Milliseconds since 1970. Those that are live never overlap. */
  sessions: { starts_at: number; ends_at: number; status: SessionStatus }[];
  busy: { starts_at: number; ends_at: number }[];
};

export type Rules = {
  slot_step_minutes: number;
  minimum_notice_minutes: number;
  horizon_days: number;
  buffer_before_minutes: number;
  buffer_after_minutes: number;
  max_sessions_per_day: number | null;
  max_sessions_per_week: number | null;
};

/** `lapsed` is held by its row, and by nobody in truth. */
export type SessionStatus =
  "held" | "lapsed" | "requested" | "confirmed" | "completed" | "cancelled";

/** A calendar, a window of it, and which instants to ask for besides what is offered. */
export type Case = {
  calendar: Calendar;
  from: number;
  to: number;
  /** Which of the offered times to book, wrapped around. */
  pick: number;
  /** Any quarter of an hour in or near the window. */
  other: number;
};

/** A moment around which a case happens, and the zone whose clocks are looked at. */
export type Scene = { zone: string; around: number };

/**
 * Calendars around a moment: most have no more than one or two of everything, near that moment.
 *
 * @param scene where and when
 * @param zones where trips go
 */
export function anyCase({ zone, around }: Scene, zones: readonly string[]): fc.Arbitrary<Case> {
  const near = Math.floor(around / QUARTER) * QUARTER;
  const windows = fc.record({
    from: fc.integer({ min: -120, max: 8 }).map((quarters) => near + quarters * QUARTER),
    length: fc.integer({ min: 24, max: 144 }).map((quarters) => quarters * QUARTER),
  });
  return fc
    .record({
      calendar: anyCalendar(zone, near, zones),
      window: windows,
      pick: fc.nat(1000),
      other: fc.integer({ min: 0, max: 160 }),
    })
    .map(({ calendar, window: { from, length }, pick, other }) => ({
      calendar,
      from,
      to: from + length,
      pick,
      other: from + other * QUARTER,
    }));
}

function anyCalendar(
  time_zone: string,
  near: number,
  zones: readonly string[],
): fc.Arbitrary<Calendar> {
  const today = dateOf(near, time_zone);
  return fc.record({
    time_zone: fc.constant(time_zone),
    week: anyWeek(),
    overrides: fc
      .uniqueArray(
        fc.record({
          day: fc.integer({ min: -2, max: 3 }).map((days) => today.add({ days }).toString()),
          blocks: fc.oneof(fc.constant<number[]>([]), quarterHours(0, 96)).map(toBlocks),
        }),
        { maxLength: 2, selector: ({ day }) => day },
      )
      .map((overrides) => overrides),
    away: rarely(anyAway(today)),
    trips: anyTrips(today, zones),
    rules: anyRules(),
    minutes: fc.integer({ min: 3, max: 36 }).map((fives) => fives * 5),
    sessions: anySessions(near),
    busy: rarely(
      fc
        .tuple(fc.integer({ min: -360, max: 480 }), fc.integer({ min: 1, max: 60 }))
        .map(([start, length]) => span(near, start, length)),
    ),
  });
}

/** None most of the time, else one or two. */
function rarely<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<Value[]>([]) },
    { weight: 1, arbitrary: fc.array(value, { minLength: 1, maxLength: 2 }) },
  );
}

function anyRules(): fc.Arbitrary<Rules> {
  const buffer = fc.oneof(fc.constant(0), fc.constantFrom(5, 10, 15, 30, 45, 60, 120));
  return fc.record({
    slot_step_minutes: fc.constantFrom(15, 20, 30, 60),
    minimum_notice_minutes: fc.constantFrom(0, 60, 120, 1440, 2880),
    horizon_days: fc.oneof(fc.constant(1000), fc.integer({ min: 1, max: 500 })),
    buffer_before_minutes: buffer,
    buffer_after_minutes: buffer,
    max_sessions_per_day: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
    max_sessions_per_week: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 1 }),
  });
}

function anyAway(today: Temporal.PlainDate): fc.Arbitrary<Calendar["away"][number]> {
  return fc
    .tuple(fc.integer({ min: -192, max: 288 }), fc.integer({ min: 1, max: 150 }))
    .map(([start, length]) => {
      const [from, to] = [wallTime(today, start), wallTime(today, start + length)];
      return {
        first_day: from.day,
        starts_at: from.time,
        last_day: to.day,
        ends_at: to.time,
      };
    });
}

function anyTrips(
  today: Temporal.PlainDate,
  zones: readonly string[],
): fc.Arbitrary<Calendar["trips"]> {
  const trip = fc.record({
    gap: fc.integer({ min: 0, max: 3 }),
    days: fc.integer({ min: 1, max: 4 }),
    time_zone: fc.constantFrom(...zones),
  });
  return rarely(trip).map((trips) => {
    let next = today.subtract({ days: 2 });
    return trips.map(({ gap, days, time_zone }) => {
      const first = next.add({ days: gap });
      next = first.add({ days });
      return {
        first_day: first.toString(),
        last_day: next.subtract({ days: 1 }).toString(),
        time_zone,
      };
    });
  });
}

/** One after the other, some days before to some days after; in steps of five minutes. */
function anySessions(near: number): fc.Arbitrary<Calendar["sessions"]> {
  const session = fc.record({
    gap: fc.oneof(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 400 })),
    fives: fc.integer({ min: 3, max: 24 }),
    status: fc.constantFrom<SessionStatus>(
      "held",
      "lapsed",
      "requested",
      "confirmed",
      "confirmed",
      "confirmed",
      "completed",
      "cancelled",
    ),
  });
  return fc
    .tuple(fc.integer({ min: -48, max: 6 }), fc.array(session, { maxLength: 6 }))
    .map(([start, sessions]) => {
      let at = near + start * HOUR;
      return sessions.map(({ gap, fives, status }) => {
        const starts_at = at + gap * 5 * MINUTE;
        at = starts_at + fives * 5 * MINUTE;
        return { starts_at, ends_at: at, status };
      });
    });
}

function span(near: number, start: number, length: number) {
  const starts_at = near + start * 5 * MINUTE;
  return { starts_at, ends_at: starts_at + length * 5 * MINUTE };
}

function wallTime(today: Temporal.PlainDate, quarters: number): { day: string; time: string } {
  const days = Math.floor(quarters / 96);
  return { day: today.add({ days }).toString(), time: clock(quarters - days * 96) };
}

/**
 * The moments worth looking at in a zone: both of its next clock changes, or a day in each season
 * where it has none, and the days right ahead, where the notice ends.
 *
 * @param now this moment, milliseconds since 1970
 */
export function scenesOf(zone: string, now: number): Scene[] {
  const scenes = [{ zone, around: now + DAY }];
  let at = zonedOf(now + 3 * DAY, zone);
  for (let change = 0; change < 2; change += 1) {
    const next = at.getTimeZoneTransition("next");
    const isNear = next && next.epochMilliseconds < now + 450 * DAY;
    at = isNear ? next : at.add({ days: 180 });
    scenes.push({ zone, around: at.epochMilliseconds });
  }
  return scenes;
}
