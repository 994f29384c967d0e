import { PostgresConnection } from "@supabase/lite/postgres";
import { sql } from "kysely";

import { JSON_LIKE_TYPES } from "./data-api-types.ts";

export type QueryBuilder = PostgresConnection["kysely"];

type PoolOptions = { url: string; size: number };

/**
 * Connections of the login role, each used for one transaction at a time.
 *
 * Latency is round trips, and 200 people may want one row, so these are few: one to begin and to
 * say who asks, one per statement (prepared: the driver would describe first, then run), one to end.
 */
export class TransactionPool {
  #connection: PostgresConnection;
  #running = new Set<Promise<unknown>>();

  constructor({ url, size }: PoolOptions) {
    this.#connection = new PostgresConnection({
      url,
      postgresOptions: { max: size, types: JSON_LIKE_TYPES, onnotice: ignoreNotice },
    });
    adaptReservations(this.#connection);
  }

  /**
   * Runs `work` in a transaction that begins with `settings`, in their order.
   * @throws what `work` throws, after rolling back
   */
  async transaction<Value>(
    settings: Record<string, string>,
    work: (db: QueryBuilder) => Promise<Value>,
  ): Promise<Value> {
    const running = this.#connection.kysely.connection().execute(async (db) => {
      try {
        await sql.raw(`begin; ${settingsStatement(settings)}`).execute(db);
        const value = await work(db);
        await sql.raw("commit").execute(db);
        return value;
      } catch (error) {
        // A connection that is gone can't be rolled back, and needn't be.
        await sql
          .raw("rollback")
          .execute(db)
          .catch(() => undefined);
        throw error;
      }
    });
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Waits for what is running or waiting for a connection: the driver would forget the latter. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#running);
    await this.#connection.close();
  }
}

function settingsStatement(settings: Record<string, string>): string {
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config(${quote(name)}, ${quote(value)}, true)`,
  );
  return `select ${calls.join(", ")}`;
}

/** A literal. The simple protocol takes no parameters, and only it takes two statements at once. */
function quote(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", "''")}'`;
}

/**
 * Changes how the driver lends connections: statements are prepared, and a connection that was lost
 * gets nothing more to do. The driver would write to its closed socket, which ends the process.
 */
function adaptReservations({ driver }: PostgresConnection): void {
  const reserve = driver.reserve;
  driver.reserve = async () => {
    const reserved = await reserve();
    const { unsafe, release } = reserved;
    let lost: Error | undefined;

    const guarded = (...[text, parameters, options]: Parameters<typeof unsafe>) => {
      if (lost) throw lost;
      const query = unsafe(text, parameters, { prepare: true, ...options });
      query.catch((error: Error) => {
        if (isConnectionLost(error)) lost = error;
      });
      return query;
    };
    reserved.unsafe = guarded as typeof unsafe;
    // The driver itself takes a lost one back.
    reserved.release = () => {
      if (!lost) release();
    };
    return reserved;
  };
}

function isConnectionLost(error: Error): boolean {
  return "code" in error && /^(CONNECTION_|E[A-Z]+$)/.test(String(error.code));
}

function ignoreNotice(): void {
  // `raise notice` is for whoever runs SQL by hand.
}
