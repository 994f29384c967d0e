/**
 * npm run test:policies -- [part of a policy's name or table…]
 *
 * Breaks every row level security policy in each way we know and looks whether a pgTAP file
 * notices (db/mutation-run.ts). Takes a minute or two, so CI does not run it; run it after a
 * change to policies or their tests.
 */
import { withConnection } from "../supabase/local/database.ts";
import type { Postgres } from "../supabase/local/postgres.ts";
import { runMutations } from "./db/mutation-run.ts";
import { createPolicy, mutatePolicy, type Policy } from "./db/policy-mutations.ts";
import { prepareTestDatabase } from "./db/prepare-test-database.ts";
import { withScratchServer } from "./db/scratch.ts";

const parts = process.argv.slice(2);

await withScratchServer(async (server) => {
  await prepareTestDatabase(server.databaseUrl(), "schema");
  const policies = (await readPolicies(server)).filter(
    ({ table, name }) =>
      parts.length === 0 || parts.some((part) => table === part || name.includes(part)),
  );

  await runMutations(
    server,
    policies.map((policy) => ({
      title: `${policy.schema}.${policy.table}: ${policy.name}`,
      words: [`${policy.schema}.${policy.table}`],
      restore: createPolicy(policy),
      mutations: mutatePolicy(policy),
    })),
  );
});

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
