import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type postgres from "postgres";

import { runScript } from "../supabase/local/database.ts";
import { ROOT } from "../supabase/local/paths.ts";

const SESSIONS = join(ROOT, "bench/sessions.sql");
/** Written in bulk, without what follows from each row. */
const TABLES = ["orders", "bookings", "notifications"];

/**
 * Gives each of the bench's coaches a session ahead, 2,500 of them due to be reminded of. After
 * loadCoaches, with the rules of supabase/seed.sql.
 */
export async function loadSessions(sql: postgres.Sql): Promise<void> {
  for (const table of TABLES) await sql`alter table ${sql(table)} disable trigger user`;
  await runScript(sql, await readFile(SESSIONS, "utf8"), "bench/sessions.sql");
  for (const table of TABLES) await sql`alter table ${sql(table)} enable trigger user`;
  await sql`vacuum analyze ${sql(TABLES)}`;
}
