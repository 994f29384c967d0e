import { rm } from "node:fs/promises";

import { withConnection } from "../../supabase/local/database.ts";
import { createPlatformDataDir } from "../../supabase/local/platform.ts";
import { freePort } from "../../supabase/local/ports.ts";
import { startPostgres, type Postgres } from "../../supabase/local/postgres.ts";
import { throwawayDir } from "../../supabase/local/throwaway-dir.ts";

/** Lends `work` a server with an empty Supabase project, and removes it afterwards. */
export async function withScratchServer<Value>(
  work: (server: Postgres) => Promise<Value>,
): Promise<Value> {
  const dir = await throwawayDir();
  await createPlatformDataDir(dir);
  try {
    const server = await startPostgres({ dataDir: dir, port: await freePort(), durable: false });
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Makes a database that is a copy of another, which nobody may be connected to meanwhile. */
export async function cloneDatabase(
  server: Postgres,
  name: string,
  template = "postgres",
): Promise<void> {
  await withConnection(server.superuserUrl("template1"), async (sql) => {
    await sql.unsafe(`create database "${name}" template "${template}" owner postgres`);
  });
}
