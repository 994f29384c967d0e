import { applyMigrations } from "../../supabase/local/migrations.ts";
import { compareCatalogs } from "./catalog.ts";
import { buildDesired } from "./desired.ts";
import { plainText, runSupabase } from "./run-tool.ts";
import { cloneDatabase, withScratchServer } from "./scratch.ts";
import { splitStatements } from "./split-statements.ts";

export type Drift = {
  /** The SQL that leads from the migrations to what the schema describes; empty if none is known. */
  sql: string;
  /** The facts that differ, as Postgres sees them. */
  facts: string[];
};

/**
 * What lies between the migrations and what prisma/schema and supabase/schemas describe. Builds
 * both on a server of its own. Asks Supabase's pg-delta for the way and the catalog whether there
 * is a difference: what pg-delta does not manage must not pass for agreement.
 */
export async function findDrift(): Promise<Drift> {
  return withScratchServer(async (server) => {
    await cloneDatabase(server, "current");
    await cloneDatabase(server, "desired");
    const current = server.databaseUrl("current");
    const desired = server.databaseUrl("desired");

    await Promise.all([applyMigrations(current), buildDesired(desired)]);
    const [sql, facts] = await Promise.all([
      diffDatabases(current, desired),
      compareCatalogs(current, desired),
    ]);
    return { sql, facts };
  });
}

async function diffDatabases(from: string, to: string): Promise<string> {
  const output = await runSupabase([
    "db",
    "diff",
    "--from",
    plainText(from),
    "--to",
    plainText(to),
  ]);
  return keepManaged(output);
}

/** What pg-delta proposes that is not the schema's to say, and why. */
const UNMANAGED = [
  // An extension brings its comment along, and the platform's extensions are not ours to comment on.
  /^comment on extension /i,
  // Schedules are written by hand in migrations: they are rows, not schema.
  /^select cron\./i,
];

/** Leaves nothing, if nothing but settings of the session remains. */
export function keepManaged(sql: string): string {
  const statements = splitStatements(sql)
    .map((statement) => statement.text)
    .filter((text) => !UNMANAGED.some((pattern) => pattern.test(text)));

  if (statements.every((text) => /^set /i.test(text))) return "";
  return statements.map((text) => `${text};`).join("\n\n");
}
