import postgres, { type ReservedSql, type Sql } from "postgres";

import type { Identity } from "../tokens.ts";

/** The two things that a policy on realtime.messages can tell apart by its `extension` column. */
export type Extension = "broadcast" | "presence";

export type Authorizer = {
  /** Which extensions of a private topic this identity may receive: its select policies. */
  mayRead(topic: string, identity: Identity): Promise<Record<Extension, boolean>>;
  /** Whether it may send to the topic: its insert policies. */
  mayWrite(topic: string, identity: Identity, extension: Extension): Promise<boolean>;
};

const EXTENSIONS: Extension[] = ["broadcast", "presence"];
const INSUFFICIENT_PRIVILEGE = "42501";

/**
 * Asks the row level security of realtime.messages, the way Supabase does: reading is allowed when
 * the identity sees a row that was just put there, writing when it can insert one. Every row is
 * rolled back, and with it the notification of its insert.
 *
 * @param sql a connection that may insert into realtime.messages whatever its policies say
 * @returns functions that reject when a policy itself fails
 */
export function createAuthorizer(sql: Sql): Authorizer {
  async function mayRead(topic: string, identity: Identity) {
    return rolledBack(sql, async (connection) => {
      const probes = await connection<{ id: string }[]>`
        insert into realtime.messages (topic, extension)
        select ${topic}, unnest(${EXTENSIONS}::text[])
        returning id
      `;
      await become(connection, topic, identity);
      const seen = await connection<{ extension: Extension }[]>`
        select extension from realtime.messages
        where topic = ${topic} and id = any (${probes.map((probe) => probe.id)}::uuid[])
      `;

      const extensions = new Set(seen.map((row) => row.extension));
      return { broadcast: extensions.has("broadcast"), presence: extensions.has("presence") };
    });
  }

  async function mayWrite(topic: string, identity: Identity, extension: Extension) {
    return rolledBack(sql, async (connection) => {
      await become(connection, topic, identity);
      try {
        // No "returning": that would ask for the right to read as well.
        await connection`insert into realtime.messages (topic, extension) values (${topic}, ${extension})`;
        return true;
      } catch (error) {
        if (error instanceof postgres.PostgresError && error.code === INSUFFICIENT_PRIVILEGE) {
          return false;
        }
        throw error;
      }
    });
  }

  return { mayRead, mayWrite };
}

async function rolledBack<Value>(
  sql: Sql,
  work: (connection: ReservedSql) => Promise<Value>,
): Promise<Value> {
  const connection = await sql.reserve();
  try {
    await connection`begin`;
    return await work(connection);
  } finally {
    await connection`rollback`.finally(() => connection.release());
  }
}

async function become(connection: ReservedSql, topic: string, { role, claims }: Identity) {
  await connection`
    select set_config('role', ${role}, true),
      set_config('realtime.topic', ${topic}, true),
      set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)
  `;
}
