import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

type Functions = Database["public"]["Functions"];

/** A date to come, with the seats that are left and whether the reader has one. */
export type ComingDate = Functions["coming_dates"]["Returns"][number];

/**
 * The dates to come of a group session, soonest first.
 *
 * @param db anyone's
 * @param offerId the offer on sale
 */
export async function listComingDates(db: Db, offerId: string): Promise<ComingDate[]> {
  return toValue(await db.rpc("coming_dates", { offer_id: offerId }));
}

/**
 * Takes a seat for a client: it is held for them while they pay.
 *
 * @param db the client's
 * @param seat.timeZone the client's own zone, for their mails
 * @param seat.isNameShown whether the others who agreed as well read their name
 * @returns the booking's id, or why not
 */
export async function takeSeat(
  db: Db,
  seat: { dateId: string; timeZone: string; note: string; isNameShown: boolean; coupon: string },
): Promise<Result<string>> {
  return toResult(
    await db.rpc("take_seat", {
      group_date_id: seat.dateId,
      time_zone: seat.timeZone,
      note: seat.note,
      is_name_shown: seat.isNameShown,
      coupon: seat.coupon,
    }),
  );
}

/**
 * Agrees that the others who agreed as well read one's name, or takes it back.
 *
 * @param db the client's
 * @returns nothing, or OBNFD when it is not a seat of theirs
 */
export async function showName(
  db: Db,
  seat: { bookingId: string; isShown: boolean },
): Promise<Result<undefined>> {
  return toResult(
    await db.rpc("show_name", { booking_id: seat.bookingId, is_shown: seat.isShown }),
  );
}

/**
 * The names of the others at the date of a seat who agreed to it.
 *
 * @param db the client's
 * @returns none unless the client agreed as well, and none for anyone else
 */
export async function listNeighbors(db: Db, bookingId: string): Promise<string[]> {
  const rows = toValue(await db.rpc("seat_neighbors", { booking_id: bookingId }));
  return rows.map(({ name }) => name);
}
