import { existsSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { spawnChild } from "./child-process.ts";
import { copyDir } from "./copy-dir.ts";
import { hashFiles } from "./hash-files.ts";
import { withLock } from "./lock.ts";
import { CACHE_DIR, ROOT } from "./paths.ts";
import { platformHash } from "./platform.ts";
import { freePorts } from "./stack-env.ts";
import { startStack } from "./stack.ts";
import { throwawayDir } from "./throwaway-dir.ts";

/** What a prepared folder is made from: a change of any of these makes another. */
const INPUTS = [
  "supabase/migrations/*.sql",
  "supabase/seed.sql",
  "prisma/*.ts",
  "prisma/seed/**/*.ts",
  "tests/factories*",
  "tests/factories/**/*",
  "emulators/*/{model,state,seed,passwords}.ts",
];

const SEED = join(ROOT, "prisma/seed.ts");
const PREPARED_KEPT = 4;

/**
 * Fills `dir` with a migrated database and, if asked, the demo market, unless it is in use
 * already. Preparing takes seconds once a day or after a change; then it is a copy.
 * @throws if a migration or the seed fails
 */
export async function prepareStackDir(dir: string, { seed }: { seed: boolean }): Promise<void> {
  if (existsSync(join(dir, "postgres"))) return;

  const withMarket = seed && existsSync(SEED);
  const prepared = join(
    CACHE_DIR,
    `stack-${withMarket ? "market" : "empty"}-${await inputHash(withMarket)}`,
  );
  await withLock("stack", async () => {
    if (!existsSync(prepared)) await prepare(prepared, withMarket);
    await copyDir(prepared, dir);
  });
}

async function prepare(target: string, withMarket: boolean) {
  const dir = await throwawayDir();

  try {
    const stack = await startStack({ dir, ports: await freePorts(), durable: false, quiet: true });
    try {
      if (withMarket) await runSeed(stack.env);
    } finally {
      await stack.stop();
    }
    await rm(join(dir, "logs"), { recursive: true, force: true });
    await rename(dir, target);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  await removeOldest();
}

async function runSeed(env: Record<string, string>) {
  const seed = spawnChild(process.execPath, [SEED], { cwd: ROOT, env: { ...process.env, ...env } });
  if ((await seed.exited) !== 0) throw new Error("prisma/seed.ts failed.");
}

async function inputHash(withMarket: boolean): Promise<string> {
  // The market has sessions yesterday and tomorrow: it keeps for a day.
  const day = withMarket ? new Date().toISOString().slice(0, 10) : "";
  return hashFiles(INPUTS, (await platformHash()) + day);
}

async function removeOldest() {
  const names = (await readdir(CACHE_DIR)).filter((name) => name.startsWith("stack-"));
  const found = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(CACHE_DIR, name))).ctimeMs })),
  );
  found.sort((left, right) => right.at - left.at);
  for (const { name } of found.slice(PREPARED_KEPT)) {
    await rm(join(CACHE_DIR, name), { recursive: true, force: true });
  }
}
