/**
 * npm run docs:states: writes docs/booking-states.md from private.booking_transitions, the table
 * that enforces it. With --check it only fails if the file is not what it would write.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { runScript, withConnection } from "../supabase/local/database.ts";
import { ROOT } from "../supabase/local/paths.ts";
import { bookingStates, type Transition } from "./db/booking-states.ts";
import { withMigratedDatabase } from "./db/migrated.ts";

const FILE = join(ROOT, "docs/booking-states.md");

const transitions = await withMigratedDatabase((url) =>
  withConnection(url, async (sql) => {
    await runScript(sql, await readFile(join(ROOT, "supabase/seed.sql"), "utf8"), "seed.sql");
    return sql<Transition[]>`
      select before, after, verb, actors::text[] from private.booking_transitions
      order by before nulls first, after, verb
    `;
  }),
);
const style = await resolveConfig(FILE);
const text = await format(bookingStates(transitions), { ...style, parser: "markdown" });

if (!process.argv.includes("--check")) {
  await writeFile(FILE, text);
  console.log("Wrote docs/booking-states.md.");
} else if ((await readFile(FILE, "utf8").catch(() => "")) === text) {
  console.log("docs/booking-states.md is up to date.");
} else {
  console.error("docs/booking-states.md is not what the table says. Run: npm run docs:states");
  process.exitCode = 1;
}
