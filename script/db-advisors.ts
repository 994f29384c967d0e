/** npm run db:advisors: Supabase's security and performance linter on the migrated database. */
import { z } from "zod";

import { withMigratedDatabase } from "./db/migrated.ts";
import { plainText, runSupabase } from "./db/run-tool.ts";

const FindingsSchema = z.array(
  z.object({ name: z.string(), level: z.string(), detail: z.string(), remediation: z.string() }),
);

/** Says that nobody has used an index yet, which is true of every index of a new database. */
const MEANINGLESS_HERE = "unused_index";

const output = await withMigratedDatabase((url) =>
  runSupabase([
    "db",
    "advisors",
    `--remote=${plainText(url)}`,
    "--level",
    "info",
    "--fail-on",
    "none",
  ]),
);
// Instead of an empty list it prints nothing.
const findings = FindingsSchema.parse(JSON.parse(output.trim() || "[]")).filter(
  (finding) => finding.name !== MEANINGLESS_HERE,
);

for (const { level, name, detail, remediation } of findings) {
  console.log(`${level} ${name}: ${detail}\n  ${remediation}`);
}
console.log(`${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
