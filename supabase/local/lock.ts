import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { CACHE_DIR } from "./paths.ts";
import { isRunning } from "./processes.ts";

/**
 * Does `work` while no other process does work of the same name: for what is made once and then
 * shared, such as a build. A lock whose owner was killed is taken over.
 */
export async function withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const file = join(CACHE_DIR, `${name}.lock`);
  await mkdir(CACHE_DIR, { recursive: true });
  while (!(await take(file))) await delay(100);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const owner = await readFile(file, "utf8").catch(() => "");
    if (owner && !isRunning(Number(owner))) await rm(file, { force: true });
    return false;
  }
}
