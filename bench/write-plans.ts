import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { ROOT } from "../supabase/local/paths.ts";
import { explainCall, tablesReadWhole, writePlans } from "./plans.ts";
import { DEADLINE_CALL, REMINDERS_CALL, SEARCH_CALL, SLOTS_CALL, type Call } from "./searches.ts";

/** What is explained, by the name of its file in bench/plans. */
export const EXPLAINED: Record<string, Call> = {
  deadline: DEADLINE_CALL,
  reminders: REMINDERS_CALL,
  search: SEARCH_CALL,
  slots: SLOTS_CALL,
};

/**
 * Writes bench/plans: what Postgres does for each of the calls that the bench measures.
 * @param superuserUrl a database with the bench's coaches and sessions
 * @throws naming the tables that a statement reads row by row
 */
export async function writePlanFiles(superuserUrl: string): Promise<void> {
  const folder = join(ROOT, "bench/plans");
  await mkdir(folder, { recursive: true });
  for (const [name, call] of Object.entries(EXPLAINED)) {
    const plans = await explainCall(superuserUrl, call);
    await writeFile(join(folder, `${name}.txt`), writePlans(plans));
    const tables = plans.flatMap(tablesReadWhole);
    if (tables.length > 0) throw new Error(`${name} reads all of ${tables.join(", ")}.`);
  }
}
