/** Type-checks and lints the Edge Functions, which Deno runs and tsc and ESLint leave out. */
import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../supabase/local/paths.ts";

const deno = join(ROOT, "node_modules/.bin/deno");
const cwd = join(ROOT, "supabase/functions");
const files = globSync("**/*.ts", { cwd });

for (const command of [["check"], ["lint", "--quiet"]]) {
  execFileSync(deno, [...command, ...files], { cwd, stdio: "inherit" });
}
console.log(`${files.length} files of Edge Functions checked.`);
