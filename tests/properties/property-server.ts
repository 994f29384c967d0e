import { readFile } from "node:fs/promises";
import { join } from "node:path";

import postgres from "postgres";

import { withScratchServer } from "../../script/db/scratch.ts";
import { runScript } from "../../supabase/local/database.ts";
import { applyMigrations } from "../../supabase/local/migrations.ts";
import { ROOT } from "../../supabase/local/paths.ts";

/** A migrated server with reference data, of its own: these tests move limits that others rely on. */
export type PropertyServer = {
  /** A connection of its own, whose session is in UTC. */
  connect(): postgres.Sql;
  /** Where what an admin of the platform alone may do is done. */
  superuserUrl: string;
  stop(): Promise<void>;
};

/**
 * Starts it, with what every property test needs: a horizon without a limit, as the nights on which
 * clocks change may be further away than anybody can book, and practices that begin as approved.
 * @throws if it does not start or a migration fails
 */
export async function startPropertyServer(): Promise<PropertyServer> {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  let running: Promise<void> | undefined;

  const { url, superuserUrl } = await new Promise<{ url: string; superuserUrl: string }>(
    (resolve, reject) => {
      running = withScratchServer(async (server) => {
        resolve({ url: server.databaseUrl(), superuserUrl: server.superuserUrl() });
        await ended;
      });
      running.catch(reject);
    },
  );
  const connections: postgres.Sql[] = [];
  function connect() {
    const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { TimeZone: "UTC" } });
    connections.push(sql);
    return sql;
  }

  const sql = connect();
  await applyMigrations(url);
  const seed = join(ROOT, "supabase/seed.sql");
  await runScript(sql, await readFile(seed, "utf8"), "supabase/seed.sql");
  // Hours come with each case, after the approval.
  await sql`alter table coaches disable trigger coaches__begin_unapproved`;
  await sql`alter table availability_settings drop constraint availability_settings_horizon`;
  await sql.unsafe(REQUEST).simple();

  return {
    connect,
    superuserUrl,
    async stop() {
      for (const connection of connections) await connection.end();
      end();
      await running;
    },
  };
}

/** Asks for a time with the client's rights and takes it back; returns the refusal's code, or null. */
const REQUEST = `
  create schema property;

  create function property.request(clerk_user_id text, offer_id uuid, starts_at timestamptz)
  returns text
  language plpgsql
  as $$
  begin
    perform set_config('request.jwt.claims', json_build_object('sub', clerk_user_id, 'role', 'authenticated')::text, true);
    set local role authenticated;
    perform public.request_booking(request.offer_id, request.starts_at, 'America/Phoenix');
    raise exception 'accepted' using errcode = 'ZZ000';
  exception
    when sqlstate 'ZZ000' then return null;
    when others then return sqlstate;
  end;
  $$;
`;
