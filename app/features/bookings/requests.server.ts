import type { Db } from "~/lib/db.server";
import { toResult, type Result } from "~/lib/domain-error";

/**
 * A coach takes a session that a client asked for.
 *
 * @param db the coach's
 * @returns nothing, or OBNFD, OBNRQ (not open any more)
 */
export async function acceptRequest(db: Db, bookingId: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("accept_request", { booking_id: bookingId }));
}

/**
 * A coach does not take it.
 *
 * @param db the coach's
 * @param reason for the client to read; may be empty
 * @returns nothing, or OBNFD, OBNRQ
 */
export async function declineRequest(
  db: Db,
  request: { bookingId: string; reason: string },
): Promise<Result<undefined>> {
  return toResult(
    await db.rpc("decline_request", { booking_id: request.bookingId, reason: request.reason }),
  );
}

/**
 * A client takes back what they asked for.
 *
 * @param db the client's
 * @returns nothing, or OBNFD, OBNRQ
 */
export async function withdrawRequest(db: Db, bookingId: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("withdraw_request", { booking_id: bookingId }));
}
