import { readFile } from "node:fs/promises";
import { join } from "node:path";

import postgres from "postgres";

import { withConnection } from "../../../supabase/local/database.ts";
import { ROOT } from "../../../supabase/local/paths.ts";
import { startPropertyServer } from "../property-server.ts";

/** A database in which each run's changes are undone, so that thousands of runs do not grow it. */
export type MoneyDatabase = {
  /** Does some work on it and takes everything back; also within other work. */
  undone(work: () => Promise<void>): Promise<void>;
  /** Statements as an admin; what was to be looked at when it commits is looked at now. */
  run<Row>(statements: string): Promise<Row[]>;
  /** A function of the API, called by somebody who signed in, or by a webhook or job (null). */
  rpc(name: string, args: Record<string, unknown>, as?: string | null): Promise<unknown>;
  stop(): Promise<void>;
};

/** A refusal of the database. */
export class Refusal extends Error {
  readonly code: string;
  constructor(name: string, { code, message }: { code: string; message: string }) {
    super(`${name}: ${code} ${message}`);
    this.code = code;
  }
}

/** Starts it, with the fixtures of the SQL tests. */
export async function startMoneyDatabase(): Promise<MoneyDatabase> {
  const server = await startPropertyServer();
  const sql = server.connect();
  await sql.unsafe(await readFile(join(ROOT, "supabase/tests/00_helpers.sql"), "utf8")).simple();

  await withConnection(server.superuserUrl, (admin) => admin.unsafe(PASS).simple());

  let depth = 0;

  // One connection, one transaction: what is done at once is done one after the other.
  let last: Promise<unknown> = Promise.resolve();
  function next<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = last.then(work, work);
    last = done.catch(() => {});
    return done;
  }

  /** Runs statements, or none of them; returns the rows of each. */
  async function attempt(name: string, statements: string): Promise<unknown[][]> {
    try {
      const results = (await sql
        .unsafe(
          `savepoint attempt; ${statements}; set constraints all immediate; set constraints all deferred; release attempt`,
        )
        .simple()) as unknown as unknown[][];
      return results.slice(1); // The savepoint's; what sets and releases answers nothing.
    } catch (error) {
      await sql.unsafe("rollback to attempt; release attempt").simple();
      if (error instanceof postgres.PostgresError) throw new Refusal(name, error);
      throw error;
    }
  }

  const returningRows = new Set(
    (
      await sql<{ proname: string }[]>`
      select proname from pg_catalog.pg_proc
      where pronamespace = 'public'::regnamespace and proretset
    `
    ).map(({ proname }) => proname),
  );

  return {
    async undone(work) {
      const name = `work_${depth}`;
      const isInner = depth > 0;
      depth += 1;
      await next(() => sql.unsafe(isInner ? `savepoint ${name}` : "begin").simple());
      try {
        await work();
      } finally {
        depth -= 1;
        await next(() =>
          sql.unsafe(isInner ? `rollback to ${name}; release ${name}` : "rollback").simple(),
        );
      }
    },

    run: <Row>(statements: string) =>
      next(async () => (await attempt("run", statements)).at(-1) as Row[]),

    rpc: (name, args, as = null) =>
      next(async () => {
        const named = Object.entries(args).map(([key, value]) => `${key} => ${literal(value)}`);
        const results = await attempt(
          name,
          `select ${as ? `tests.sign_in_as(${literal(as)})` : "tests.as_service()"};
           select to_jsonb(found) as value from public.${name}(${named.join(", ")}) as found;
           select tests.as_admin()`,
        );
        const values = (results[1] as { value: unknown }[]).map(({ value }) => value);
        return returningRows.has(name) ? values : (values[0] ?? null);
      }),

    stop: () => server.stop(),
  };
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `'${text.replaceAll("'", "''")}'`;
}

/*
 * now() stands still in a transaction, so time passes by moving every instant back. Nobody is told:
 * a trigger would take it for a change, and the ledger takes none. Where no two rows may overlap,
 * the earliest moves first. What is done once a minute, hour or day at most has that in its key, and
 * can be done again once it has passed.
 */
const PASS = `
  create table property.clocks as
  select format('%I.%I', table_schema, table_name) as name,
    format('update %I.%I set %s', table_schema, table_name, string_agg(format('%1$I = %1$I - $1', column_name), ', ')) as statement,
    exists (
      select from pg_catalog.pg_constraint
      where conrelid = format('%I.%I', table_schema, table_name)::regclass and contype = 'x'
    ) as is_exclusive
  from information_schema.columns
  join information_schema.tables using (table_schema, table_name)
  where table_schema in ('public', 'private') and table_type = 'BASE TABLE'
    and data_type = 'timestamp with time zone' and is_generated = 'NEVER'
  group by table_schema, table_name;

  create function property.pass(minutes integer) returns void
  language plpgsql security definer set session_replication_role = replica as $$
  declare
    v_time interval := make_interval(mins => pass.minutes);
    v_clock property.clocks;
    v_id uuid;
  begin
    for v_clock in select * from property.clocks loop
      if v_clock.is_exclusive then
        for v_id in execute format('select id from %s order by starts_at', v_clock.name) loop
          execute v_clock.statement || ' where id = $2' using v_time, v_id;
        end loop;
      else
        execute v_clock.statement using v_time;
      end if;
    end loop;

    update private.outbox
    set dedupe_key = outbox.dedupe_key || ', passed ' || outbox.id
    where outbox.dedupe_key ~ format(' [0-9:]+$|:%s$', extract(epoch from now())::bigint)
      and pass.minutes >= case
        when outbox.dedupe_key like '%:again:%' then 60
        else 1
      end;
  end;
  $$;

  grant usage on schema property to public;
`;
