import { createClient } from "@supabase/supabase-js";

import { env } from "./env.ts";

/**
 * The database as service_role: it bypasses row level security and may call the functions
 * granted to it, which is all that webhooks and jobs do.
 */
const db = createClient(env.SUPABASE_URL, env.SUPABASE_SECRET_KEY, {
  auth: { persistSession: false, autoRefreshToken: false },
});

/**
 * Calls a SQL function.
 * @returns what it returned
 * @throws Error with the database's code and message
 */
export async function rpc(name: string, args: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await db.rpc(name, args);
  if (error) throw new Error(`${name}: ${error.code} ${error.message}`);
  return data;
}

/**
 * Removes objects from a bucket: SQL alone would leave their bytes.
 * @returns how many there were
 * @throws Error with Storage's message
 */
export async function removeObjects(bucket: string, names: string[]): Promise<number> {
  const { data, error } = await db.storage.from(bucket).remove(names);
  if (error) throw new Error(`storage: ${error.message}`);
  return data.length;
}
