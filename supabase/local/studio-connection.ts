import type { VarsContext } from "@supabase/lite";
import { PostgresConnection } from "@supabase/lite/postgres";

import { toPostgrestError } from "./data-api-errors.ts";
import { TransactionPool, type QueryBuilder } from "./data-api-pool.ts";

/** One person looks at it. */
const POOL_SIZE = 4;

/**
 * What Studio's table editor works through: everything as `postgres`, as on the platform, whose
 * Studio is behind a login and not behind policies. The library would work as service_role, after
 * granting it everything.
 */
export class StudioConnection extends PostgresConnection {
  #pool: TransactionPool;

  constructor(databaseUrl: string) {
    super({ url: databaseUrl, postgresOptions: { max: 1 } });
    this.#pool = new TransactionPool({ url: databaseUrl, size: POOL_SIZE });
  }

  override async withContext<T>(
    _vars: VarsContext | undefined,
    run: (db: QueryBuilder) => Promise<T>,
  ): Promise<T> {
    return this.#pool.transaction({ search_path: '"public", "extensions"' }, run);
  }

  override normalizeDbError(error: unknown): unknown {
    return toPostgrestError(error);
  }

  override async close(): Promise<void> {
    await Promise.all([super.close(), this.#pool.close()]);
  }
}
