/**
 * npm run test:policies -- [part of a policy's name or table…]
 *
 * Breaks every row level security policy in each way we know, one at a time, and runs the
 * pgTAP files that concern it until one turns red. A mutation that none notices has survived:
 * a test is missing. Takes a minute or two, so CI does not run it; run it after a change to
 * policies or their tests.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { withConnection } from "../supabase/local/database.ts";
import { ROOT } from "../supabase/local/paths.ts";
import type { Postgres } from "../supabase/local/postgres.ts";
import { createPolicy, mutatePolicy, type Mutation, type Policy } from "./db/policy-mutations.ts";
import { prepareTestDatabase } from "./db/prepare-test-database.ts";
import { runTestFile } from "./db/run-test-file.ts";
import { withScratchServer } from "./db/scratch.ts";

const TESTS_DIR = join(ROOT, "supabase/tests");
const parts = process.argv.slice(2);
const tests = globSync("**/*.test.sql", { cwd: TESTS_DIR }).map((file) => ({
  file,
  text: readFileSync(join(TESTS_DIR, file), "utf8"),
}));

const survivors: string[] = [];
let killed = 0;

await withScratchServer(async (server) => {
  await prepareTestDatabase(server.databaseUrl(), "schema");
  const policies = (await readPolicies(server)).filter(
    ({ table, name }) =>
      parts.length === 0 || parts.some((part) => table === part || name.includes(part)),
  );

  for (const policy of policies) {
    console.log(`\n${policy.schema}.${policy.table}: ${policy.name}`);
    for (const mutation of mutatePolicy(policy)) {
      const noticedBy = await findTestThatNotices(server, policy, mutation);
      console.log(`  ${noticedBy ?? "SURVIVED"} <- ${mutation.title}`);
      if (noticedBy) killed += 1;
      else survivors.push(`${policy.name}: ${mutation.title}`);
    }
  }
});

for (const survivor of survivors) console.log(`\nnot noticed: ${survivor}`);
console.log(`\n${killed} passed, ${survivors.length} failed`);
process.exitCode = survivors.length > 0 || killed === 0 ? 1 : 0;

async function readPolicies(server: Postgres): Promise<Policy[]> {
  return withConnection(server.databaseUrl(), async (sql) => {
    await sql`set search_path = ''`; // names are then printed in full
    return sql<Policy[]>`
      select schemaname as schema, tablename as table, policyname as name, cmd as command,
        roles::text[] as roles, qual as using, with_check as check
      from pg_catalog.pg_policies
      where schemaname in ('public', 'private', 'realtime', 'storage')
      order by 1, 2, 3
    `;
  });
}

/** The first test file that fails while the mutation is in place, or null. */
async function findTestThatNotices(server: Postgres, policy: Policy, mutation: Mutation) {
  return withConnection(server.superuserUrl(), async (sql) => {
    await sql.unsafe(mutation.sql);
    try {
      for (const file of testsOf(policy)) {
        const { failures } = await runTestFile(server.databaseUrl(), join(TESTS_DIR, file));
        if (failures.length > 0) return file;
      }
      return null;
    } finally {
      await sql.unsafe(createPolicy(policy));
    }
  });
}

/** The files that name the policy's table, those on access first, and the rules for all last. */
function testsOf({ schema, table }: Policy): string[] {
  const rank = (file: string) =>
    file.endsWith("access.test.sql") ? 0 : file.includes("/") ? 1 : 2;
  return tests
    .filter(({ file, text }) => text.includes(`${schema}.${table}`) || !file.includes("/"))
    .map(({ file }) => file)
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
