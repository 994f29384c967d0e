import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";

/** How many messages a page of what was found has; one row more says that there is a next page. */
const SEARCH_PAGE = 20;

/**
 * Messages of a person's own threads in which words occur, the newest first.
 *
 * @param db theirs
 * @param query as in a search engine: "in quotes" together, -without
 * @param page from 1
 * @returns one page; the words that were found stand between U+0002 and U+0003, see splitMarks
 */
export async function searchMessages(db: Db, query: string, page: number) {
  const rows = toValue(await db.rpc("search_messages", { query, page_number: page }));
  return { found: rows.slice(0, SEARCH_PAGE), hasNext: rows.length > SEARCH_PAGE };
}
