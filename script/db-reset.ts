/** npm run db:reset: starts the development database over, migrated and with the demo market. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { LOCAL_DIR } from "../supabase/local/paths.ts";
import { isFree } from "../supabase/local/ports.ts";
import { prepareStackDir } from "../supabase/local/stack-dir.ts";
import { DEV_PORTS } from "../supabase/local/stack-env.ts";

if (!(await isFree(DEV_PORTS.postgres))) {
  console.error("The development database is running: stop ./script/dev first.");
  process.exit(1);
}

const dir = join(LOCAL_DIR, "dev");
await rm(dir, { recursive: true, force: true });
await prepareStackDir(dir, { seed: true });
console.log("The development database is as new. Start it with ./script/dev.");
