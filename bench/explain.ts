/** npm run bench:plans: writes bench/plans without measuring anything, with 100,000 coaches. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { withScratchServer } from "../script/db/scratch.ts";
import { runScript, withConnection } from "../supabase/local/database.ts";
import { applyMigrations } from "../supabase/local/migrations.ts";
import { ROOT } from "../supabase/local/paths.ts";
import { loadCoaches } from "./load-coaches.ts";
import { loadSessions } from "./load-sessions.ts";
import { writePlanFiles } from "./write-plans.ts";

await withScratchServer(async (server) => {
  await applyMigrations(server.databaseUrl());
  await withConnection(server.databaseUrl(), async (sql) => {
    await runScript(sql, await readFile(join(ROOT, "supabase/seed.sql"), "utf8"), "seed.sql");
    await loadCoaches(sql, 100_000);
    await loadSessions(sql);
  });
  await writePlanFiles(server.superuserUrl());
});
