import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/** What a coach earned with one paid session, or one period of a membership or no-show fee, which are no booking. */
export type Earning = WithNulls<
  Functions["coach_earnings"]["Returns"][number],
  "booking_id" | "missed_booking_id" | "status" | "hold" | "released_at"
>;

/** How a coach stands in all, in cents. */
export type Balance = Functions["coach_balance"]["Returns"][number];

const PAGE_SIZE = 50;
/** The most that the Data API gives at once. */
const LONGEST_PAGE = 1000;

/**
 * One page of what a coach earned, newest session first.
 *
 * @param db theirs
 * @param page from 1
 */
export async function listEarnings(
  db: Db,
  page: number,
): Promise<{ earnings: Earning[]; hasNext: boolean }> {
  const earnings = await readPage(db, page, PAGE_SIZE);
  // A full page may be the last: then the next one is empty, and says so.
  return { earnings, hasNext: earnings.length === PAGE_SIZE };
}

/**
 * All that a coach earned, newest session first.
 *
 * @param db theirs
 */
export async function allEarnings(db: Db): Promise<Earning[]> {
  const all: Earning[] = [];
  for (let page = 1; ; page++) {
    const earnings = await readPage(db, page, LONGEST_PAGE);
    all.push(...earnings);
    if (earnings.length < LONGEST_PAGE) return all;
  }
}

/**
 * How a coach stands.
 *
 * @param db theirs
 */
export async function findBalance(db: Db): Promise<Balance> {
  return toValue(await db.rpc("coach_balance").single());
}

async function readPage(db: Db, page: number, size: number): Promise<Earning[]> {
  return toValue(await db.rpc("coach_earnings", { page_size: size, page_number: page }));
}
