import { readFile } from "node:fs/promises";
import { relative } from "node:path";

import { runScript, withConnection } from "../../supabase/local/database.ts";
import { ROOT } from "../../supabase/local/paths.ts";
import { readBuildOrder } from "./build-order.ts";
import { runPrisma } from "./run-tool.ts";

/**
 * Builds what prisma/schema and supabase/schemas describe in the empty project at `url`.
 * @throws an error that names the file and line of the first statement that fails.
 */
export async function buildDesired(url: string): Promise<void> {
  const tables = await prismaTables(url);

  await withConnection(url, async (sql) => {
    // Functions may mention what a later file makes; pg_dump restores them the same way.
    await sql.unsafe("set check_function_bodies = off");

    for (const step of readBuildOrder()) {
      if (step.kind === "tables") await runScript(sql, tables, "prisma/schema");
      else await runScript(sql, await readFile(step.file, "utf8"), relative(ROOT, step.file));
    }
  });
}

/** The DDL of prisma/schema. Prisma wants a database to ask for its version; it changes nothing there. */
async function prismaTables(url: string): Promise<string> {
  return runPrisma(
    ["migrate", "diff", "--from-empty", "--to-schema-datamodel", "prisma/schema", "--script"],
    url,
  );
}
