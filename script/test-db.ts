/**
 * npm run test:db -- [--desired] [part of a file name…]
 *
 * Runs the pgTAP files of supabase/tests, each in a copy of a migrated database with reference
 * data, pgTAP and 00_helpers.sql. With --desired the database is built from prisma/schema and
 * supabase/schemas instead of the migrations.
 */
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import { ROOT } from "../supabase/local/paths.ts";
import type { Postgres } from "../supabase/local/postgres.ts";
import { prepareTestDatabase } from "./db/prepare-test-database.ts";
import { runTestFile } from "./db/run-test-file.ts";
import { cloneDatabase, withScratchServer } from "./db/scratch.ts";

const TESTS_DIR = join(ROOT, "supabase/tests");
const words = process.argv.slice(2);
const parts = words.filter((word) => !word.startsWith("--"));
const files = globSync("**/*.test.sql", { cwd: TESTS_DIR })
  .sort()
  .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));

const totals = await withScratchServer(async (server) => {
  await prepareTestDatabase(
    server.databaseUrl(),
    words.includes("--desired") ? "schema" : "migrations",
  );
  return runAll(server);
});

console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;

/** As many files at once as there are processors, each worker in a database of its own. */
async function runAll(server: Postgres) {
  const queue = [...files];
  const totals = { passed: 0, failed: 0 };

  async function work(database: string) {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const startedAt = performance.now();
      const { passed, failures } = await runTestFile(
        server.databaseUrl(database),
        join(TESTS_DIR, file),
      );
      const duration = Math.round(performance.now() - startedAt);

      totals.passed += passed;
      totals.failed += failures.length;
      console.log(
        `${failures.length > 0 ? "FAILED" : "ok    "} ${file} (${passed} passed, ${duration} ms)`,
      );
      for (const failure of failures) console.log(`  not ok ${failure.replaceAll("\n", "\n  ")}`);
    }
  }

  const workers = Array.from(
    { length: Math.min(availableParallelism(), files.length) },
    (_, index) => `test_${index}`,
  );
  for (const database of workers) await cloneDatabase(server, database);
  await Promise.all(workers.map(work));
  return totals;
}
