import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

/** One of the sessions that are asked for at once, and what it costs, in cents. */
export type AskedSession = Database["public"]["Functions"]["asked_sessions"]["Returns"][number];

/**
 * The sessions that were asked for together, which a coach answers at once.
 *
 * @param db the coach's
 * @param bookingId one of them
 * @returns in order; none for anyone else
 */
export async function listAskedSessions(db: Db, bookingId: string): Promise<AskedSession[]> {
  return toValue(await db.rpc("asked_sessions", { booking_id: bookingId }));
}

/**
 * A coach takes what a client asked for.
 *
 * @param db the coach's
 * @param request.sessionIds of several, those that are taken; undefined for all
 * @param request.reason for the client to read, of those that are not; may be empty
 * @returns nothing, or OBNFD, OBNRQ (not open any more), OBPRT (none is chosen)
 */
export async function acceptRequest(
  db: Db,
  request: { bookingId: string; sessionIds: string[] | undefined; reason: string },
): Promise<Result<undefined>> {
  return toResult(
    await db.rpc("accept_request", {
      booking_id: request.bookingId,
      reason: request.reason,
      ...(request.sessionIds && { session_ids: request.sessionIds }),
    }),
  );
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
