import { seatsTakenWords } from "~/features/groups/seat-words";
import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import { coachDatePath } from "~/lib/paths";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/**
 * A coach's dates between two instants, in order of time, as their calendar shows them.
 *
 * @param db theirs
 * @param span `to` is not included
 */
export async function listCoachDates(db: Db, span: { from: Date; to: Date }) {
  const rows = toValue(
    await db.rpc("coach_dates", {
      from_at: span.from.toISOString(),
      to_at: span.to.toISOString(),
    }),
  );
  return rows.map((date) => ({
    id: date.group_date_id,
    path: coachDatePath(date.group_date_id),
    status: date.status,
    startsAt: date.starts_at,
    endsAt: date.ends_at,
    title: date.offer_title,
    who: seatsTakenWords(date.seats_taken, date.seats),
  }));
}

/** A date as its coach sees it; the offer is null when it is off sale. */
export type CoachDate = WithNulls<
  Functions["group_date_details"]["Returns"][number],
  "offer_id" | "called_off_at" | "door_booking_id"
>;

/** A seat at it, with whose it is. */
export type DateSeat = Functions["date_seats"]["Returns"][number];

/**
 * @param db a coach's
 * @param dateId the date
 * @returns the date; null when it is not theirs, and when there is none
 */
export async function findCoachDate(db: Db, dateId: string): Promise<CoachDate | null> {
  return toValue(await db.rpc("group_date_details", { group_date_id: dateId }).maybeSingle());
}

/**
 * Who has or had a seat at a date, live ones first.
 *
 * @param db a coach's
 * @param dateId a date of theirs
 */
export async function listSeats(db: Db, dateId: string): Promise<DateSeat[]> {
  return toValue(await db.rpc("date_seats", { group_date_id: dateId }));
}

/**
 * Schedules a date of a group session.
 *
 * @param db the coach's
 * @param date its day and wall time, in the zone in which the coach is then
 * @returns the date's id, or OGDAY, OGCLH, OGMNY, OFGON, OCNON, OCSUS
 */
export async function scheduleDate(
  db: Db,
  date: { offerId: string; day: string; startsAt: string },
): Promise<Result<string>> {
  return toResult(
    await db.rpc("schedule_date", {
      offer_id: date.offerId,
      day: date.day,
      starts_at: date.startsAt,
    }),
  );
}

/**
 * Calls a date off: everybody with a seat gets all back and is told.
 *
 * @param db the coach's
 * @returns nothing, or OGNFD, OGOVR, OCNON, OCSUS
 */
export async function callOffDate(
  db: Db,
  date: { dateId: string; reason: string },
): Promise<Result<undefined>> {
  return toResult(
    await db.rpc("call_off_date", { group_date_id: date.dateId, reason: date.reason }),
  );
}
