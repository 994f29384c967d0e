import { createClient, type SupabaseClient } from "@supabase/supabase-js";

import type { Database } from "./database.types.ts";
import { getEnv } from "./env.server.ts";

/** A database client that acts as one person, or as a visitor. Row level security decides what it sees. */
export type Db = SupabaseClient<Database>;

/** A page that waits longer than this for its data is better served an error. Milliseconds. */
const QUERY_TIMEOUT = 10_000;

/**
 * A client for one request. Never kept: it carries the person's token.
 *
 * @param token the session token, or null for a visitor
 * @returns a client whose every call carries that token
 */
export function createDb(token: string | null): Db {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = getEnv();
  return createClient<Database>(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    accessToken: () => Promise.resolve(token),
    global: { fetch: fetchWithTimeout },
  });
}

/**
 * `fetch` that gives up.
 *
 * @throws DOMException TimeoutError after ten seconds
 */
export function fetchWithTimeout(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const limit = AbortSignal.timeout(QUERY_TIMEOUT);
  return fetch(input, {
    ...init,
    signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit,
  });
}
