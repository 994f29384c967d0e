import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

/** What was decided about who came to a session. */
export type Attendance = WithNulls<
  Database["public"]["Functions"]["attendance_details"]["Returns"][number],
  "objected_by" | "objection" | "objected_at" | "settled_outcome" | "settled_reason" | "settled_at"
>;

/**
 * @param db a party's
 * @param bookingId the booking
 * @returns the decision; null before there is one, and for anyone but the parties
 */
export async function findAttendance(db: Db, bookingId: string): Promise<Attendance | null> {
  return toValue(await db.rpc("attendance_details", { booking_id: bookingId }).maybeSingle());
}

/**
 * Says that it was otherwise.
 *
 * @param db the party's who is said to have been missing
 * @param objection.words what happened
 * @returns nothing, or why not
 */
export async function objectToAttendance(
  db: Db,
  objection: { bookingId: string; words: string },
): Promise<Result<undefined>> {
  return toResult(
    await db.rpc("object_to_attendance", {
      booking_id: objection.bookingId,
      words: objection.words,
    }),
  );
}
