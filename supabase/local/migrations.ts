import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { runScript, withConnection } from "./database.ts";
import { ROOT } from "./paths.ts";

const MIGRATIONS_DIR = join(ROOT, "supabase/migrations");

export type Migration = { version: string; name: string; file: string };

/** The migrations of the repository, oldest first. Files that are not named like one are left out. */
export async function listMigrations(folder = MIGRATIONS_DIR): Promise<Migration[]> {
  const files = await readdir(folder).catch(() => []);
  return files.sort().flatMap((file) => {
    const [, version, name] = /^(\d{14})_(\w+)\.sql$/.exec(file) ?? [];
    return version && name ? [{ version, name, file: join(folder, file) }] : [];
  });
}

/**
 * Applies what the database at `url` has not seen, each in its own transaction, and records
 * it where the Supabase CLI does. `url` must be the role `postgres`, as on the platform.
 * Returns how many were applied.
 */
export async function applyMigrations(url: string, folder = MIGRATIONS_DIR): Promise<number> {
  const migrations = await listMigrations(folder);

  return withConnection(url, async (sql) => {
    const rows = await sql<
      { version: string }[]
    >`select version from supabase_migrations.schema_migrations`;
    const seen = new Set(rows.map((row) => row.version));
    const pending = migrations.filter((migration) => !seen.has(migration.version));

    for (const { version, name, file } of pending) {
      const script = await readFile(file, "utf8");
      await sql.begin(async (transaction) => {
        // First: the migration may leave settings behind that this statement should not see.
        await transaction.unsafe(
          "insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, array[$3])",
          [version, name, script],
        );
        await runScript(transaction, script, file);
      });
      await sql.unsafe("reset all; reset role").simple(); // nor should the next migration
    }
    return pending.length;
  });
}
