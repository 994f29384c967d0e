/** npm run test:functions -- [file…]: the Edge Functions' own tests, in the runtime they run in. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../supabase/local/paths.ts";

const cwd = join(ROOT, "supabase/functions");
const named = process.argv.slice(2);
const files = named.length > 0 ? named : globSync("**/*.test.ts", { cwd });
const permissions = ["--allow-net=127.0.0.1", "--allow-env", "--allow-read"];

const { status } = spawnSync(
  join(ROOT, "node_modules/.bin/deno"),
  ["test", ...permissions, ...files],
  {
    cwd,
    stdio: "inherit",
  },
);
process.exitCode = status ?? 1;
