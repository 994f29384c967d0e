import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { Slot } from "~/lib/group-by-day";

import type { SeriesDate } from "./series-words";

type Functions = Database["public"]["Functions"];

/**
 * The dates that a weekly series could have, as many as there may be.
 *
 * @param db anyone's
 * @param offerId the offer
 * @param startsAt the first start, an instant
 * @returns none for an offer that is not on sale or is not repeated
 */
export async function seriesDates(
  db: Db,
  offerId: string,
  startsAt: string,
): Promise<SeriesDate[]> {
  const rows = toValue(await db.rpc("series_dates", { offer_id: offerId, starts_at: startsAt }));
  return rows.map((row) => ({
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    conflict: row.conflict as SeriesDate["conflict"],
    alternatives: row.alternatives,
  }));
}

/**
 * Takes all of these times for a client, or none: they are held while the client pays.
 *
 * @param db the client's
 * @param series.starts instants, as the client chose them
 * @param series.timeZone the client's own zone, for their mails
 * @returns the first booking's id, or why not; OBDAT names the dates that are gone
 */
export async function requestSeries(
  db: Db,
  series: { offerId: string; starts: string[]; timeZone: string; note: string; coupon: string },
): Promise<Result<string>> {
  return toResult(
    await db.rpc("request_series", {
      offer_id: series.offerId,
      starts: series.starts,
      time_zone: series.timeZone,
      note: series.note,
      coupon: series.coupon,
    }),
  );
}

/**
 * The sessions of an order, in the order of time.
 *
 * @param db a party's
 * @param orderId the order
 * @returns none for anyone but the parties
 */
export async function listSeries(db: Db, orderId: string) {
  return toValue(
    await db
      .from("bookings")
      .select("id, position, status, starts_at, ends_at")
      .eq("order_id", orderId)
      .order("starts_at"),
  );
}

export type SeriesSession = Awaited<ReturnType<typeof listSeries>>[number];

/** One of the sessions that would be cancelled together, and the cents that come back for it. */
export type FollowingQuote = Functions["following_refund_quotes"]["Returns"][number];

/**
 * What comes back for a session and for each of its series that follows, if all are cancelled now.
 *
 * @param db a party's
 * @param bookingId the first of them
 * @returns in order; none for anyone but the parties
 */
export async function listFollowingQuotes(db: Db, bookingId: string): Promise<FollowingQuote[]> {
  return toValue(await db.rpc("following_refund_quotes", { booking_id: bookingId }));
}

/** One of the sessions that would move together. */
export type FollowingMove = { from: string; to: Slot; isFree: boolean };

/**
 * Where a session and all of its series that follow would move to.
 *
 * @param db a party's
 * @param bookingId the first of them
 * @param startsAt its new start
 * @returns in order; none for anyone but the parties
 */
export async function listFollowingMoves(
  db: Db,
  bookingId: string,
  startsAt: string,
): Promise<FollowingMove[]> {
  const rows = toValue(
    await db.rpc("following_moves", { booking_id: bookingId, starts_at: startsAt }),
  );
  return rows.map((row) => ({
    from: row.moved_from,
    to: { startsAt: row.starts_at, endsAt: row.ends_at },
    isFree: row.is_free,
  }));
}
