import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

import type { BookingRules } from "./booking-rules";
import type { HoursBlock } from "./weekly-hours";

/**
 * A coach's own week, and how bookable it is.
 *
 * @param db theirs
 * @param coachId their practice
 * @returns hours in wall time of `timeZone`, the practice's
 */
export async function findAvailability(db: Db, coachId: string) {
  const practice = toValue(
    await db
      .from("coaches")
      .select(
        `time_zone,
         hours:weekly_hours(weekday, starts_at, ends_at),
         rules:availability_settings(minimum_notice_minutes, slot_step_minutes, horizon_days,
           buffer_before_minutes, buffer_after_minutes, max_sessions_per_day, max_sessions_per_week)`,
      )
      .eq("id", coachId)
      .single(),
  );
  return { timeZone: practice.time_zone, hours: practice.hours, rules: practice.rules };
}

/**
 * Replaces a coach's whole week.
 *
 * @param db theirs
 * @param hours the new week
 * @returns nothing, or OAHRS, OCNON, OCSUS
 */
export async function saveWeeklyHours(db: Db, hours: HoursBlock[]): Promise<Result<undefined>> {
  return toResult(await db.rpc("save_weekly_hours", { hours }));
}

/**
 * Changes how a coach can be booked: how late, how far ahead, with which breaks and limits.
 *
 * @param db theirs
 * @param rules the new ones
 * @returns nothing, or OASET, OCNON, OCSUS
 */
export async function saveBookingRules(db: Db, rules: BookingRules): Promise<Result<undefined>> {
  const { max_sessions_per_day, max_sessions_per_week, ...rest } = rules;
  return toResult(
    await db.rpc("save_availability_settings", {
      ...rest,
      max_sessions_per_day: max_sessions_per_day ?? undefined,
      max_sessions_per_week: max_sessions_per_week ?? undefined,
    }),
  );
}
