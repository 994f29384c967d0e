/*
 * When a coach can be booked, worked out a second time: day by day and slot by slot, without the
 * database and without its ranges. What private.free_slots finds must be the same.
 */
import { Temporal } from "temporal-polyfill";

import type { Calendar } from "./calendar.ts";
import { dateOf, instantOf } from "./week.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A question: which starts are free in a window, at a moment. Milliseconds since 1970. */
type Window = { from: number; to: number; now: number };

/**
 * @param calendar everything about the coach
 * @param window from inclusive, to exclusive
 * @returns the starts at which a session can be booked, in order
 */
export function expectedTimes(calendar: Calendar, { from, to, now }: Window): number[] {
  const { rules, minutes } = calendar;
  const earliest = Math.max(from, now + rules.minimum_notice_minutes * MINUTE);
  const latest = Math.min(to, now + rules.horizon_days * DAY);
  if (earliest >= latest) return [];

  const starts = new Set<number>();
  for (const { opensAt, closesAt } of openHours(calendar, earliest, latest)) {
    const step = rules.slot_step_minutes * MINUTE;
    for (let at = opensAt; at + minutes * MINUTE <= closesAt; at += step) {
      if (at >= earliest && at < latest) starts.add(at);
    }
  }
  const away = awaySpans(calendar);
  const dayOf = calendarDays(calendar);
  return [...starts]
    .filter((start) => {
      const end = start + minutes * MINUTE;
      return (
        away.every((span) => end <= span.from || span.to <= start) &&
        keepsDistance(calendar, start, end) &&
        isWithinLimits(calendar, start, dayOf)
      );
    })
    .sort((left, right) => left - right);
}

function openHours(calendar: Calendar, from: number, to: number) {
  const spans: { opensAt: number; closesAt: number }[] = [];
  const last = dateOf(to, "UTC").add({ days: 1 });
  let date = dateOf(from, "UTC").subtract({ days: 1 });
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    const zone = zoneOn(calendar, date);
    const override = calendar.overrides.find(({ day }) => day === date.toString());
    const weekday = calendar.week.filter((block) => block.weekday === date.dayOfWeek);
    for (const block of override?.blocks ?? weekday) {
      spans.push({
        opensAt: instantOf(date, block.starts_at, zone, "later"),
        closesAt: instantOf(date, block.ends_at, zone, "earlier"),
      });
    }
  }
  return spans;
}

function zoneOn({ trips, time_zone }: Calendar, date: Temporal.PlainDate): string {
  const day = date.toString();
  return (
    trips.find((trip) => trip.first_day <= day && day <= trip.last_day)?.time_zone ?? time_zone
  );
}

function awaySpans(calendar: Calendar) {
  return calendar.away.map((away) => {
    const first = Temporal.PlainDate.from(away.first_day);
    const last = Temporal.PlainDate.from(away.last_day);
    return {
      from: instantOf(first, away.starts_at, zoneOn(calendar, first), "earlier"),
      to: instantOf(last, away.ends_at, zoneOn(calendar, last), "later"),
    };
  });
}

/** Neighbors share the longer buffer; an outside entry has none of its own. */
function keepsDistance({ rules, sessions, busy }: Calendar, start: number, end: number): boolean {
  const before = rules.buffer_before_minutes * MINUTE;
  const after = rules.buffer_after_minutes * MINUTE;
  const between = Math.max(before, after);
  const live = sessions.filter(({ status }) => ["held", "requested", "confirmed"].includes(status));
  return (
    live.every((other) => end + between <= other.starts_at || other.ends_at + between <= start) &&
    busy.every((other) => end + after <= other.starts_at || other.ends_at + before <= start)
  );
}

function isWithinLimits(
  { rules, sessions }: Calendar,
  start: number,
  dayOf: (at: number) => Temporal.PlainDate,
): boolean {
  const { max_sessions_per_day: perDay, max_sessions_per_week: perWeek } = rules;
  if (perDay === null && perWeek === null) return true;

  const day = dayOf(start);
  const days = sessions
    .filter(({ status }) => status !== "lapsed" && status !== "cancelled")
    .map((session) => dayOf(session.starts_at));
  const onDay = days.filter((other) => other.equals(day));
  const inWeek = days.filter((other) => mondayOf(other).equals(mondayOf(day)));
  return onDay.length < (perDay ?? Infinity) && inWeek.length < (perWeek ?? Infinity);
}

function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

/** On which date of the coach's calendar an instant is: where they are then, from midnight to midnight. */
function calendarDays({ trips, time_zone }: Calendar): (at: number) => Temporal.PlainDate {
  const stays = trips
    .map(({ first_day, last_day, time_zone: zone }) => ({
      zone,
      from: instantOf(Temporal.PlainDate.from(first_day), "00:00", zone, "later"),
      to: instantOf(Temporal.PlainDate.from(last_day), "24:00", zone, "later"),
    }))
    .sort((left, right) => right.from - left.from);
  return (at) => {
    const stay = stays.find(({ from, to }) => from <= at && at < to);
    return dateOf(at, stay?.zone ?? time_zone);
  };
}
