import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

/**
 * What somebody booked at a coach's Calendly.
 *
 * @param db anyone's: the id is known only from our mail to whoever booked
 * @param id of the booking there
 * @returns null for an id that was never sent. `booking_id` only for the client whose it became
 */
export async function findBookedThere(db: Db, id: string) {
  const row = toValue(await db.rpc("calendly_booking_details", { id }).maybeSingle());
  // The generated type of a function's row doesn't know what may be null.
  return row as (Omit<typeof row & object, "booking_id"> & { booking_id: string | null }) | null;
}

export type BookedThere = NonNullable<Awaited<ReturnType<typeof findBookedThere>>>;

/**
 * Takes what was booked at Calendly as the asker's own.
 *
 * @param db theirs
 * @param id of the booking there
 * @returns the id of their session; or UPSGN, UPONB, KCNFD, KCOVR, KCCLS, KCNOT
 */
export async function claimBookedThere(db: Db, id: string): Promise<Result<string>> {
  return toResult(await db.rpc("claim_calendly_booking", { id }));
}

/**
 * What is to come and not paid for of what was booked at a coach's Calendly.
 *
 * @param db theirs
 */
export async function findUnpaid(db: Db) {
  return toValue(await db.rpc("calendly_bookings_unpaid"));
}

export type UnpaidBooking = Awaited<ReturnType<typeof findUnpaid>>[number];

/**
 * A coach's sessions to come that could not be written at Calendly.
 *
 * @param db theirs
 */
export async function findUnwritten(db: Db) {
  return toValue(await db.rpc("calendly_unwritten"));
}

export type UnwrittenSession = Awaited<ReturnType<typeof findUnwritten>>[number];
