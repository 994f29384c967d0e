import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

/** Somebody a coach works with, or who wrote to them. */
export type Client = WithNulls<
  Database["public"]["Functions"]["coach_clients"]["Returns"][number],
  "kind" | "home_state" | "next_starts_at" | "last_starts_at"
>;

/** How many clients a page has; one row more says that there is a next page. */
const PAGE_SIZE = 50;

/**
 * One page of a coach's clients, newest contact first.
 *
 * @param db the coach's
 * @param page from 1
 */
export async function listClients(
  db: Db,
  page: number,
): Promise<{ clients: Client[]; hasNext: boolean }> {
  const rows = toValue(await db.rpc("coach_clients", { page_number: page }));
  return { clients: rows.slice(0, PAGE_SIZE), hasNext: rows.length > PAGE_SIZE };
}
