/**
 * npm run db:diff -- <name>: writes the next migration from prisma/schema and supabase/schemas,
 * then checks that it leads where it should.
 */
import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { listMigrations } from "../supabase/local/migrations.ts";
import { ROOT } from "../supabase/local/paths.ts";
import { findDrift } from "./db/drift.ts";
import { nextVersion } from "./db/next-version.ts";

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npm run db:diff -- <name>, where the name is like add_reviews.");
  process.exit(2);
}

const { sql, facts } = await findDrift();
if (!sql && facts.length === 0) {
  console.log("No difference: the migrations say what the schema says.");
  process.exit();
}

const version = nextVersion((await listMigrations()).at(-1)?.version, new Date());
const file = join(ROOT, `supabase/migrations/${version}_${name}.sql`);
await writeFile(file, `${sql}\n`);
console.log(`Wrote ${relative(ROOT, file)}.`);

const rest = await findDrift();
if (rest.facts.length > 0) {
  console.log(rest.facts.join("\n"));
  console.error("\nIt does not lead to the desired schema: add what is missing by hand.");
  process.exit(1);
}
console.log(
  "Applied to the migrations before it, it leads to the schema. Read it before you commit it.",
);
