import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "smol-toml";
import { z } from "zod";

import { ROOT } from "../../supabase/local/paths.ts";

const SUPABASE_DIR = join(ROOT, "supabase");

const ConfigSchema = z.object({
  db: z.object({ migrations: z.object({ schema_paths: z.array(z.string()) }) }),
});

/** A step towards the desired database: Prisma's tables, or a script of supabase/schemas. */
export type BuildStep = { kind: "tables" } | { kind: "script"; file: string };

/** The steps in the order that schema_paths in supabase/config.toml gives. */
export function readBuildOrder(supabaseDir = SUPABASE_DIR): BuildStep[] {
  const config = ConfigSchema.parse(parse(readFileSync(join(supabaseDir, "config.toml"), "utf8")));
  return planSteps(config.db.migrations.schema_paths, (pattern) =>
    globSync(pattern, { cwd: supabaseDir }).map((file) => join(supabaseDir, file)),
  );
}

/**
 * Expands patterns to steps. Files of one pattern run in alphabetical order; a file runs where
 * the first pattern that matches it stands; all .prisma files together are one step.
 * @throws if no pattern stands for Prisma's tables: nothing else would make them.
 */
export function planSteps(patterns: string[], expand: (pattern: string) => string[]): BuildStep[] {
  const seen = new Set<string>();
  const steps: BuildStep[] = [];

  for (const pattern of patterns) {
    if (pattern.endsWith(".prisma")) {
      if (!steps.some((step) => step.kind === "tables")) steps.push({ kind: "tables" });
      continue;
    }
    for (const file of expand(pattern).sort()) {
      if (seen.has(file)) continue;
      seen.add(file);
      steps.push({ kind: "script", file });
    }
  }

  if (!steps.some((step) => step.kind === "tables")) {
    throw new Error("supabase/config.toml: schema_paths has no entry for prisma/schema/*.prisma.");
  }
  return steps;
}
