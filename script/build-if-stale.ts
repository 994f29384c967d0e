import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { spawnChild } from "../supabase/local/child-process.ts";
import { hashFiles } from "../supabase/local/hash-files.ts";
import { withLock } from "../supabase/local/lock.ts";
import { ROOT } from "../supabase/local/paths.ts";

const INPUTS = ["app/**", "public/**", "*.config.{js,ts}", "package-lock.json", "tsconfig.json"];
const STAMP = join(ROOT, "build/inputs");

/**
 * Builds the site as `npm run build` does, unless the last build was of the same sources.
 * @throws if the build fails; it says why itself
 */
export async function buildIfStale(): Promise<void> {
  await withLock("build", async () => {
    const inputs = hashFiles(INPUTS);
    if ((await readFile(STAMP, "utf8").catch(() => "")) === inputs) return;

    const build = spawnChild(
      process.execPath,
      ["node_modules/@remix-run/dev/dist/cli.js", "vite:build", "--logLevel", "warn"],
      { cwd: ROOT, env: { ...process.env, NODE_ENV: "production" } },
    );
    if ((await build.exited) !== 0) throw new Error("The site does not build.");
    await writeFile(STAMP, inputs);
  });
}
