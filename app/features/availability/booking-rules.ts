import { z } from "zod";

/** How bookable the weekly hours are, as the table names it. */
export type BookingRules = {
  minimum_notice_minutes: number;
  slot_step_minutes: number;
  horizon_days: number;
  buffer_before_minutes: number;
  buffer_after_minutes: number;
  /** Null is as many as fit. */
  max_sessions_per_day: number | null;
  max_sessions_per_week: number | null;
};

/** What a form shows to somebody whose own rules we may not read right now. */
export const DEFAULT_BOOKING_RULES: BookingRules = {
  minimum_notice_minutes: 120,
  slot_step_minutes: 30,
  horizon_days: 90,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
  max_sessions_per_day: null,
  max_sessions_per_week: null,
};

const HOUR = 60;
const DAY = 24 * HOUR;

const NOTICES = [0, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY];
const STEPS = [15, 20, 30, 60];
const HORIZONS = [7, 14, 30, 60, 90];
const BUFFERS = [0, 5, 10, 15, 30, 45, 60, 90, 120];
const A_DAY = [1, 2, 3, 4, 5, 6, 8];
const A_WEEK = [1, 2, 3, 5, 8, 10, 15, 20, 25, 30];

const Chosen = z.number({ error: "Choose from the list." }).int("Choose from the list.");

/** Shape only: the ranges are save_availability_settings's to say. */
export const BookingRulesSchema = z.object({
  minimum_notice_minutes: Chosen,
  slot_step_minutes: Chosen,
  horizon_days: Chosen,
  buffer_before_minutes: Chosen,
  buffer_after_minutes: Chosen,
  max_sessions_per_day: Chosen.nullish().transform((most) => most ?? null),
  max_sessions_per_week: Chosen.nullish().transform((most) => most ?? null),
});

type Choice = { value: string; label: string };

/** What a coach can choose, with what they chose before among it. */
export function ruleChoices(current: BookingRules): Record<keyof BookingRules, Choice[]> {
  return {
    minimum_notice_minutes: choices(NOTICES, current.minimum_notice_minutes, noticeLabel),
    slot_step_minutes: choices(STEPS, current.slot_step_minutes, stepLabel),
    horizon_days: choices(HORIZONS, current.horizon_days, daysLabel),
    buffer_before_minutes: choices(BUFFERS, current.buffer_before_minutes, bufferLabel),
    buffer_after_minutes: choices(BUFFERS, current.buffer_after_minutes, bufferLabel),
    max_sessions_per_day: choices(A_DAY, current.max_sessions_per_day, sessionsLabel),
    max_sessions_per_week: choices(A_WEEK, current.max_sessions_per_week, sessionsLabel),
  };
}

/** The rules as sentences for the coach. */
export function ruleWords(rules: BookingRules): string[] {
  const { minimum_notice_minutes: notice } = rules;
  return [
    notice === 0
      ? "Clients can book until a session would start."
      : `Clients book at least ${noticeLabel(notice).toLowerCase()} ahead.`,
    `They see your times up to ${daysLabel(rules.horizon_days)} ahead.`,
    `Sessions can start ${stepLabel(rules.slot_step_minutes).toLowerCase()}.`,
    ...bufferWords(rules),
    ...limitWords(rules),
  ];
}

function bufferWords({ buffer_before_minutes: before, buffer_after_minutes: after }: BookingRules) {
  const between = Math.max(before, after);
  return between === 0 ? [] : [`Between two sessions you have at least ${bufferLabel(between)}.`];
}

function limitWords({ max_sessions_per_day: day, max_sessions_per_week: week }: BookingRules) {
  const limits = [
    day === null ? "" : `${sessionsLabel(day)} a day`,
    week === null ? "" : `${sessionsLabel(week)} a week`,
  ].filter(Boolean);
  return limits.length === 0 ? [] : [`You hold at most ${limits.join(" and ")}.`];
}

function choices(
  known: number[],
  current: number | null,
  label: (value: number) => string,
): Choice[] {
  return [...new Set(current === null ? known : [...known, current])]
    .sort((one, other) => one - other)
    .map((value) => ({ value: String(value), label: label(value) }));
}

function noticeLabel(minutes: number): string {
  if (minutes === 0) return "No notice";
  if (minutes % DAY === 0) return daysLabel(minutes / DAY);
  if (minutes % HOUR === 0) return minutes === HOUR ? "1 hour" : `${minutes / HOUR} hours`;
  return `${minutes} minutes`;
}

function daysLabel(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}

function bufferLabel(minutes: number): string {
  if (minutes === 0) return "None";
  return minutes % HOUR === 0 ? noticeLabel(minutes) : `${minutes} minutes`;
}

function sessionsLabel(sessions: number): string {
  return sessions === 1 ? "1 session" : `${sessions} sessions`;
}

function stepLabel(minutes: number): string {
  return minutes === HOUR ? "On the hour" : `Every ${minutes} minutes`;
}
