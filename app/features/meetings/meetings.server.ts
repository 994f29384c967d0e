import type { Db } from "~/lib/db.server";
import { toResult, type Result } from "~/lib/domain-error";

/**
 * The way into a session's meeting, for its two parties, while the door is open.
 *
 * @param db a party's
 * @param bookingId the booking
 * @returns the meeting's address, or why not: too early, over, or not ready
 */
export async function joinMeeting(db: Db, bookingId: string): Promise<Result<string>> {
  return toResult(await db.rpc("join_meeting", { booking_id: bookingId }));
}
