import { readFileSync } from "node:fs";

import { parse } from "smol-toml";
import { z } from "zod";

/** What config.toml says of each function; absent ones have the platform's defaults. */
export type FunctionsConfig = Record<string, { verify_jwt: boolean }>;

const ConfigSchema = z.object({
  functions: z.record(z.string(), z.object({ verify_jwt: z.boolean().default(true) })).default({}),
});

/**
 * Reads the `[functions.<name>]` sections of a Supabase config.toml.
 * @throws when the file is missing or not what the Supabase CLI would take
 */
export function readFunctionsConfig(path: string): FunctionsConfig {
  return ConfigSchema.parse(parse(readFileSync(path, "utf8"))).functions;
}
