import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { runScript, withConnection } from "../../supabase/local/database.ts";
import { applyMigrations } from "../../supabase/local/migrations.ts";
import { ROOT } from "../../supabase/local/paths.ts";
import { buildDesired } from "./desired.ts";

/**
 * Makes the empty project at `url` ready for the files of supabase/tests: built from the
 * migrations or from the schema files, with reference data, pgTAP and 00_helpers.sql.
 * @throws an error that names the file and line of the first statement that fails.
 */
export async function prepareTestDatabase(url: string, from: "migrations" | "schema") {
  await (from === "schema" ? buildDesired(url) : applyMigrations(url));

  await withConnection(url, async (sql) => {
    await sql.unsafe("create extension if not exists pgtap with schema extensions");
    for (const script of ["supabase/seed.sql", "supabase/tests/00_helpers.sql"]) {
      await runScript(sql, await readFile(join(ROOT, script), "utf8"), script);
    }
  });
}
