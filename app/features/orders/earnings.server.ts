import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";

/** What a coach earned with one paid session. */
export type Earning = Database["public"]["Functions"]["coach_earnings"]["Returns"][number];

const PAGE_SIZE = 50;

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
  const earnings = toValue(
    await db.rpc("coach_earnings", { page_size: PAGE_SIZE, page_number: page }),
  );
  // A full page may be the last: then the next one is empty, and says so.
  return { earnings, hasNext: earnings.length === PAGE_SIZE };
}
