import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { runScript, withConnection } from "./database.ts";
import { ZOOM_HOSTS } from "./emulators.ts";
import { applyMigrations } from "./migrations.ts";
import { ROOT } from "./paths.ts";
import type { StackEnv } from "./stack-env.ts";

/**
 * Brings the project at `databaseUrl` up to date: migrations, reference data, and the Zoom users
 * who host meetings, which on the platform an admin enters.
 */
export async function updateProject(databaseUrl: string): Promise<void> {
  await applyMigrations(databaseUrl);

  await withConnection(databaseUrl, async (sql) => {
    const seed = join(ROOT, "supabase/seed.sql");
    if (existsSync(seed)) await runScript(sql, await readFile(seed, "utf8"), "supabase/seed.sql");

    const [{ exists } = { exists: false }] = await sql<{ exists: boolean }[]>`
      select to_regclass('private.meeting_hosts') is not null as exists
    `;
    if (!exists) return; // before the first migration
    const hosts = ZOOM_HOSTS.map((host) => ({ zoom_user_id: host.id, email: host.email }));
    await sql`insert into private.meeting_hosts ${sql(hosts)} on conflict do nothing`;
  });
}

/**
 * Tells the database where its project is and which key calls it, as is done once on the
 * platform. Here addresses change with every start. Until then SQL calls no function.
 */
export async function connectProject(env: StackEnv): Promise<void> {
  await withConnection(env.DATABASE_URL, async (sql) => {
    await sql`delete from vault.secrets where name in ('project_url', 'secret_key')`;
    await sql`select vault.create_secret(${env.SUPABASE_URL}, 'project_url')`;
    await sql`select vault.create_secret(${env.SUPABASE_SECRET_KEY}, 'secret_key')`;
  });
}
