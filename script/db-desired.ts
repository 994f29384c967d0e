/**
 * node script/db-desired.ts <command…>: runs a command with DATABASE_URL set to a scratch
 * database that is built from prisma/schema and supabase/schemas, without any migration. For
 * trying a schema before `npm run db:diff` writes it down.
 */
import { spawnSync } from "node:child_process";

import { buildDesired } from "./db/desired.ts";
import { withScratchServer } from "./db/scratch.ts";

const [program, ...programArguments] = process.argv.slice(2);

process.exitCode = await withScratchServer(async (server) => {
  await buildDesired(server.databaseUrl());
  if (!program) {
    console.log("The schema builds.");
    return 0;
  }
  const env = { ...process.env, DATABASE_URL: server.databaseUrl() };
  return spawnSync(program, programArguments, { stdio: "inherit", env }).status ?? 1;
});
