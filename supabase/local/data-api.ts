import { startChildService } from "./child-service.ts";
import type { DataApiProcessOptions } from "./data-api-process.ts";
import type { Service } from "./service.ts";

type DataApiOptions = {
  /** Connects as `authenticator`, with its password. */
  databaseUrl: string;
  /** Connects as `postgres`: reads which tables, functions and relations there are. */
  catalogUrl: string;
  /** 0 takes any free port. */
  port: number;
  /** Signs the HS256 tokens that the gateway sends. */
  jwtSecret: string;
  /** Schemas that /rest/v1 serves, the first one by default. */
  schemas?: string[];
};

/** As on Supabase: no answer is longer, whatever the request asks for. */
const MAX_ROWS = 1000;

/** Requests beyond it wait for a connection; Postgres allows 100 by default and others need some. */
const POOL_SIZE = 20;

/**
 * Starts the Data API: what PostgREST is on Supabase, here Supabase's own @supabase/lite with a
 * connection of ours (data-api-connection.ts), in a process of its own.
 *
 * Speaks PostgREST as far as supabase-js needs it, with native RLS and column grants: filters,
 * embedding, counts, upserts, rpc (overloads, `returns table`, `setof`, scalars, jsonb arguments)
 * and errors with their SQLSTATE. Known differences from PostgREST, none of which we rely on:
 * - `explain`, `rollback`, GeoJSON and the OpenAPI document are missing;
 * - integers above 2^53 lose precision, as they would in any JavaScript client;
 * - embedding through views works only where the view shows the key column as it is;
 * - a constraint violation's `hint` is always null.
 *
 * It learns of schema changes from `notify pgrst, 'reload schema'`, as PostgREST does.
 *
 * @returns the running service; its url serves /rest/v1 to whoever has a token it trusts
 * @throws when the database can't be reached or the port is taken
 */
export function startDataApi(options: DataApiOptions): Promise<Service> {
  const processOptions: DataApiProcessOptions = {
    ...options,
    schemas: options.schemas ?? ["public"],
    maxRows: MAX_ROWS,
    poolSize: POOL_SIZE,
  };
  return startChildService("data-api", "./data-api-process.ts", processOptions);
}
