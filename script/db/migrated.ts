import { applyMigrations } from "../../supabase/local/migrations.ts";
import { withScratchServer } from "./scratch.ts";

/** Lends `work` the address of a scratch database that all migrations were applied to. */
export async function withMigratedDatabase<Value>(
  work: (url: string) => Promise<Value>,
): Promise<Value> {
  return withScratchServer(async (server) => {
    await applyMigrations(server.databaseUrl());
    return work(server.databaseUrl());
  });
}
