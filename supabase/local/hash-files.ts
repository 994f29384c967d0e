import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./paths.ts";

/** A short name for the content of all files that the patterns match, and for what `extra` says. */
export function hashFiles(patterns: string[], extra = ""): string {
  const hash = createHash("sha256").update(extra);
  const files = new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })));

  for (const file of [...files].sort()) {
    const path = join(ROOT, file);
    if (statSync(path).isFile()) hash.update(file).update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 12);
}
