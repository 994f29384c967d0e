import { readFileSync } from "node:fs";

import { parse } from "smol-toml";
import { z } from "zod";

const ConfigSchema = z.object({
  storage: z.object({ file_size_limit: z.string().regex(/^\d+MiB$/) }),
});

/**
 * The largest file that the project takes, from the `[storage]` section of a Supabase config.toml.
 *
 * @returns bytes
 * @throws when it is not given in MiB
 */
export function readFileSizeLimit(path: string): number {
  const { storage } = ConfigSchema.parse(parse(readFileSync(path, "utf8")));
  return Number.parseInt(storage.file_size_limit, 10) * 1024 * 1024;
}
