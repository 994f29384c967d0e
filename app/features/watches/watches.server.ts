import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

/** What a client waits for: `before_at` is until when a time counts as sooner. */
export type Watch = { id: string; before_at: string };

/**
 * @param db a client's
 * @param bookingId a session of theirs
 * @returns what they wait for instead of it; null when they don't
 */
export async function findBookingWatch(db: Db, bookingId: string): Promise<Watch | null> {
  return toValue(await liveWatches(db).eq("booking_id", bookingId).maybeSingle());
}

/**
 * @param db a client's
 * @param offerId an offer
 * @returns what they wait for to book it; null when they don't
 */
export async function findOfferWatch(db: Db, offerId: string): Promise<Watch | null> {
  return toValue(
    await liveWatches(db).eq("offer_id", offerId).is("booking_id", null).maybeSingle(),
  );
}

/** One that is over but was not looked at since is no longer shown. */
function liveWatches(db: Db) {
  return db
    .from("slot_watches")
    .select("id, before_at")
    .is("ended_at", null)
    .gt("before_at", new Date().toISOString());
}

/**
 * Has a client told when a time sooner than their session's opens. Asking twice is asking once.
 *
 * @param db theirs
 * @param bookingId the session
 * @returns the watch's id, or OBNFD, WTOVR, WTMNY
 */
export async function watchBooking(db: Db, bookingId: string): Promise<Result<string>> {
  return toResult(await db.rpc("watch_booking", { booking_id: bookingId }));
}

/**
 * Has a client told when a time opens for an offer.
 *
 * @param db theirs
 * @param wish.lastDay the last day that is of use, YYYY-MM-DD in their zone
 * @returns the watch's id, or WTDAY, WTMNY, OFGON, OBOWN, UPZON, UPONB
 */
export async function watchOffer(
  db: Db,
  wish: { offerId: string; lastDay: string; timeZone: string },
): Promise<Result<string>> {
  return toResult(
    await db.rpc("watch_offer", {
      offer_id: wish.offerId,
      last_day: wish.lastDay,
      time_zone: wish.timeZone,
    }),
  );
}

/**
 * Ends a watch. Ending it twice is once.
 *
 * @param db its client's
 * @param watchId the watch
 * @returns nothing, or WTNFD
 */
export async function stopWatch(db: Db, watchId: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("stop_watch", { watch_id: watchId }));
}
