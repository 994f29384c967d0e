/**
 * npm run test:rules -- [part of a function's, table's or guard's name…]
 *
 * Takes away each refusal of each SQL function, and each check, exclusion constraint, unique index
 * and trigger, one at a time, and looks whether a pgTAP file notices (db/mutation-run.ts). Takes
 * some minutes, so CI does not run it; run it after a change to rules or their tests. What only
 * happens between two transactions is shown by tests/stack, not here.
 */
import { withConnection } from "../supabase/local/database.ts";
import type { Postgres } from "../supabase/local/postgres.ts";
import { runMutations } from "./db/mutation-run.ts";
import { prepareTestDatabase } from "./db/prepare-test-database.ts";
import {
  subjectOfFunction,
  subjectOfGuard,
  type Guard,
  type SqlFunction,
} from "./db/rule-mutations.ts";
import { withScratchServer } from "./db/scratch.ts";

const parts = process.argv.slice(2);

await withScratchServer(async (server) => {
  await prepareTestDatabase(server.databaseUrl(), "schema");
  const subjects = [
    ...(await readFunctions(server)).flatMap((each) => subjectOfFunction(each) ?? []),
    ...(await readGuards(server)).map(subjectOfGuard),
  ].filter(
    ({ title, mutations }) =>
      parts.length === 0 ||
      parts.some(
        (part) => title.includes(part) || mutations.some((one) => one.title.includes(part)),
      ),
  );

  await runMutations(server, subjects);
});

async function readFunctions(server: Postgres): Promise<SqlFunction[]> {
  return withConnection(server.databaseUrl(), async (sql) => {
    return sql<SqlFunction[]>`
      select nspname as schema, proname as name, pg_get_functiondef(pg_proc.oid) as definition
      from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
      where nspname in ('public', 'private', 'admin') and prokind = 'f'
      order by 1, 2
    `;
  });
}

/** Keys are left alone: what refers to them would have to go, too. */
async function readGuards(server: Postgres): Promise<Guard[]> {
  return withConnection(server.databaseUrl(), async (sql) => {
    await sql`set search_path = ''`; // names are then printed in full
    return sql<Guard[]>`
      with tables as (
        select pg_class.oid, nspname as schema, relname as table
        from pg_catalog.pg_class
        join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
        where nspname in ('public', 'private') and relkind in ('r', 'p')
      )
      select 'constraint' as kind, tables.schema, tables.table, conname as name, pg_get_constraintdef(pg_constraint.oid) as definition
      from tables join pg_catalog.pg_constraint on conrelid = tables.oid
      where contype in ('c', 'x')
      union all
      select 'index', tables.schema, tables.table, indexes.relname, pg_get_indexdef(indexrelid)
      from tables
      join pg_catalog.pg_index on indrelid = tables.oid
      join pg_catalog.pg_class as indexes on indexes.oid = indexrelid
      where indisunique and not indisprimary
        and not exists (select from pg_catalog.pg_constraint where conindid = indexrelid)
      union all
      select 'trigger', tables.schema, tables.table, tgname, pg_get_triggerdef(pg_trigger.oid)
      from tables join pg_catalog.pg_trigger on tgrelid = tables.oid
      where not tgisinternal
      order by 1, 2, 3, 4
    `;
  });
}
