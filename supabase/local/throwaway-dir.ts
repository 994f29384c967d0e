import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { LOCAL_DIR } from "./paths.ts";
import { isRunning } from "./processes.ts";

const THROWAWAY_DIR = join(LOCAL_DIR, "tmp");

/**
 * A folder name of one's own below .local, not made yet; whoever takes it removes it. Folders of
 * processes that were killed before they could are removed here. Not mkdtemp: its folders shut
 * out the user that Postgres runs as when we are root.
 */
export async function throwawayDir(): Promise<string> {
  await mkdir(THROWAWAY_DIR, { recursive: true });

  for (const name of await readdir(THROWAWAY_DIR)) {
    if (isRunning(Number(name.split("-")[0]))) continue;
    await rm(join(THROWAWAY_DIR, name), { recursive: true, force: true });
  }
  return join(THROWAWAY_DIR, `${process.pid}-${randomUUID().slice(0, 8)}`);
}
