import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { REFUSALS } from "./refusal.ts";

/**
 * The bytes of objects, one file each, named by the object's version: a uuid of ours, since what
 * people call their files is no name for ours.
 *
 * @param dir made when the first file is written
 */
export function createFileStore(dir: string) {
  const pathOf = (version: string) => join(dir, version);
  return {
    async write(version: string, bytes: Uint8Array): Promise<void> {
      await mkdir(dir, { recursive: true });
      await writeFile(pathOf(version), bytes);
    },
    /** @throws StorageRefusal when they were removed since their row was read */
    read: (version: string): Promise<Uint8Array> =>
      readFile(pathOf(version)).catch((error: NodeJS.ErrnoException) => {
        throw error.code === "ENOENT" ? REFUSALS.noSuchKey() : error;
      }),
    remove: (version: string): Promise<void> => rm(pathOf(version), { force: true }),
  };
}

export type FileStore = ReturnType<typeof createFileStore>;
