/** npm run mail:preview: every mail that we send, to be looked at in .local; by the runtime that writes them. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { ROOT } from "../supabase/local/paths.ts";

const permissions = ["--allow-net=127.0.0.1", "--allow-env", "--allow-read", "--allow-write"];
const { status } = spawnSync(
  join(ROOT, "node_modules/.bin/deno"),
  ["run", ...permissions, "dispatch/testing/preview.ts", join(ROOT, ".local/mail-preview")],
  { cwd: join(ROOT, "supabase/functions"), stdio: "inherit" },
);
process.exitCode = status ?? 1;
