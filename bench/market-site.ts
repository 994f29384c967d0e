import { rm } from "node:fs/promises";
import { join } from "node:path";

import { keepLog } from "../script/keep-log.ts";
import { withConnection } from "../supabase/local/database.ts";
import { startSite } from "../supabase/local/site.ts";
import { prepareStackDir } from "../supabase/local/stack-dir.ts";
import { freePorts } from "../supabase/local/stack-env.ts";
import { startStack } from "../supabase/local/stack.ts";
import { throwawayDir } from "../supabase/local/throwaway-dir.ts";
import { loadCoaches } from "./load-coaches.ts";

/** The built site on a stack of its own. */
export type MarketSite = {
  origin: string;
  databaseUrl: string;
  superuserUrl: string;
  stop(): Promise<void>;
};

/** Starts the site with so many coaches. Nothing else runs in its stack. */
export async function startMarketSite(coachCount: number): Promise<MarketSite> {
  const dir = await throwawayDir();
  await prepareStackDir(dir, { seed: false });
  const stack = await startStack({ dir, ports: await freePorts(), durable: false, quiet: true });
  await withConnection(stack.env.DATABASE_URL, (sql) => loadCoaches(sql, coachCount));
  const superuserUrl = asSuperuser(stack.env.DATABASE_URL);
  await writeEverything(superuserUrl);
  const site = await startSite({
    env: { ...stack.env, LOG_LEVEL: "warn" },
    entry: "start",
    onOutput: keepLog(join(dir, "logs/site.log")),
  });

  return {
    origin: stack.env.APP_ORIGIN,
    databaseUrl: stack.env.DATABASE_URL,
    superuserUrl,
    async stop() {
      await site.stop();
      await stack.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The same database with rights that only the platform has. */
function asSuperuser(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.username = "supabase_admin";
  return url.href;
}

/** Writes out what loading has left in memory: Postgres would do it while we measure. */
async function writeEverything(superuserUrl: string) {
  await withConnection(superuserUrl, async (sql) => {
    await sql`checkpoint`;
  });
}
