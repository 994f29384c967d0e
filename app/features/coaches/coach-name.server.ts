import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";

/**
 * Just who a coach is, for pages that are about something else.
 *
 * @param db anyone's
 * @param slug the coach's name in addresses
 * @returns id and name; null when there is no such coach or the reader may not know of them
 */
export async function findCoachName(
  db: Db,
  slug: string,
): Promise<{ id: string; name: string } | null> {
  return toValue(
    await db.from("coaches").select("id, name:display_name").eq("slug", slug).maybeSingle(),
  );
}
