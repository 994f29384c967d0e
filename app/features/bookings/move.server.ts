import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { Slot } from "~/lib/group-by-day";
import type { WithNulls } from "~/lib/row";

/** Whether and how often a session can be moved by the reader, and what follows. */
export type MoveTerms = WithNulls<
  Database["public"]["Functions"]["move_terms"]["Returns"][number],
  "refusal" | "moves_left" | "full_until"
>;

/**
 * @param db a party's
 * @param bookingId the booking
 * @param startsAt the new start that is thought of
 * @returns the terms as they are now; null for anyone but the parties
 */
export async function findMoveTerms(
  db: Db,
  bookingId: string,
  startsAt?: string,
): Promise<MoveTerms | null> {
  return toValue(
    await db
      .rpc("move_terms", { booking_id: bookingId, ...(startsAt && { starts_at: startsAt }) })
      .maybeSingle(),
  );
}

/**
 * The times to which a session can be moved.
 *
 * @param db a party's
 * @param bookingId the booking
 * @param span instants; `to` is not included, and at most 62 days after `from`; whether all of its
 *   series that follow would move along
 * @param limit how many at most
 * @returns free times in order
 */
export async function moveSlots(
  db: Db,
  bookingId: string,
  span: { from: Date; to: Date; andFollowing: boolean },
  limit?: number,
): Promise<Slot[]> {
  const query = db.rpc("move_slots", {
    booking_id: bookingId,
    from_at: span.from.toISOString(),
    to_at: span.to.toISOString(),
    and_following: span.andFollowing,
  });
  const rows = toValue(await (limit === undefined ? query : query.limit(limit)));
  return rows.map((row) => ({ startsAt: row.starts_at, endsAt: row.ends_at }));
}

/**
 * Moves a confirmed session, or that one and all of its series that follow; order, payment and
 * meetings stay.
 *
 * @param db a party's
 * @param move.startsAt an instant that moveSlots gave
 * @param move.reason for the other party to read; may be empty
 * @returns nothing, or OBNMV, OBTIM, OBTKN; OBDAT names the new times of a series that are not free
 */
export async function rescheduleBooking(
  db: Db,
  move: { bookingId: string; startsAt: string; reason: string; andFollowing: boolean },
): Promise<Result<undefined>> {
  return toResult(
    await db.rpc("reschedule_booking", {
      booking_id: move.bookingId,
      starts_at: move.startsAt,
      reason: move.reason,
      and_following: move.andFollowing,
    }),
  );
}
