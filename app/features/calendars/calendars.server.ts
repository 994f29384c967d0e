import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

/** A session as its reader's calendar shows it. */
export type CalendarSession = Database["public"]["Functions"]["calendar_feed"]["Returns"][number];

/**
 * @param db a party's
 * @param bookingId the booking
 * @returns the session; null for anyone but its parties, and when it was never confirmed
 */
export async function findCalendarSession(
  db: Db,
  bookingId: string,
): Promise<CalendarSession | null> {
  return toValue(await db.rpc("calendar_entry", { booking_id: bookingId }).maybeSingle());
}

/**
 * What a private calendar address shows.
 *
 * @param db anybody's: the address is the right to read
 * @param token its secret part
 * @returns sessions to come and of the last 90 days, latest first; or that there is no such address
 */
export async function readFeed(db: Db, token: string): Promise<Result<CalendarSession[]>> {
  return toResult(await db.rpc("calendar_feed", { token }));
}

/**
 * @param db the person's
 * @returns since when they have a private calendar address, ISO 8601; null when they have none
 */
export async function findFeed(db: Db): Promise<string | null> {
  const feed = toValue(await db.from("calendar_feeds").select("created_at").maybeSingle());
  return feed?.created_at ?? null;
}

/**
 * Makes a private calendar address; the one there was stops working.
 *
 * @param db the person's
 * @returns its secret part, which is shown now or never; or why not
 */
export async function makeFeed(db: Db): Promise<Result<string>> {
  return toResult(await db.rpc("make_calendar_feed"));
}

/** Has the private calendar address stop working. A second time is once. */
export async function revokeFeed(db: Db): Promise<void> {
  toValue(await db.rpc("revoke_calendar_feed"));
}
