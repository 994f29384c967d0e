import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

import type { DeadlineSearch } from "./deadline.server";

type HelperRow = Database["public"]["Functions"]["coaches_free_before"]["Returns"][number];

/** A coach who can help before a deadline, with a session and its next free times. */
export type Helper = WithNulls<HelperRow, "from_price_cents" | "rating_average">;

/**
 * One page of who can help before a moment.
 *
 * @param db anyone's
 * @param search the moment, and what it is about
 * @returns the coaches, soonest first, and whether there are more
 */
export async function findHelpers(
  db: Db,
  search: Pick<DeadlineSearch, "specialty" | "state" | "page"> & { deadline: Date },
): Promise<{ helpers: Helper[]; hasNext: boolean }> {
  const rows = toValue(
    await db.rpc("coaches_free_before", {
      deadline: search.deadline.toISOString(),
      specialty: search.specialty ?? undefined,
      state: search.state ?? undefined,
      page_number: search.page,
    }),
  );
  return { helpers: rows, hasNext: rows.some((row) => row.has_next) };
}
