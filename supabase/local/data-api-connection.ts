import type {
  AnyAST,
  ConnectionContextOptions,
  IntrospectResult,
  VarsContext,
  ViewOptionsMetadata,
} from "@supabase/lite";
import { PostgresConnection } from "@supabase/lite/postgres";
import { sql } from "kysely";

import { toPostgrestError } from "./data-api-errors.ts";
import { TransactionPool, type QueryBuilder } from "./data-api-pool.ts";
import { markJsonArguments } from "./data-api-types.ts";

type ConnectionOptions = {
  /** Logs in as `authenticator`, which by itself may do nothing but become another role. */
  url: string;
  /** Reads the catalogues. information_schema hides from `authenticator` what it may not touch. */
  catalogUrl: string;
  poolSize: number;
};

type Settings = Record<string, string>;

/** PostgREST's: the exposed schema, then `extra_search_path`. */
const SEARCH_PATH = '"public", "extensions"';

/**
 * A connection that runs every request as PostgREST does: one transaction per request, as the role
 * of the token, with the claims and the request in settings, and errors with their SQLSTATE.
 *
 * The library's own driver, which it extends, differs where it matters: on its first request it
 * grants everything to anon, authenticated and service_role; it runs queries as the login role when
 * no table has RLS; and it answers unknown SQLSTATEs with a bare 500. Its own pool is never used:
 * what is not overridden here fails, because `authenticator` may read nothing.
 */
export class DataApiConnection extends PostgresConnection {
  #options: ConnectionOptions;
  #catalog: PostgresConnection;
  #pool: TransactionPool;
  #schema: Promise<IntrospectResult> | undefined;
  #roleSettings: Promise<Map<string, Settings>> | undefined;

  constructor(options: ConnectionOptions) {
    super({ url: options.url });
    this.#options = options;
    this.#catalog = new PostgresConnection({
      url: options.catalogUrl,
      postgresOptions: { max: 1 },
    });
    this.#pool = this.#createPool();
  }

  /** Forgets tables, functions, types and role settings when the database says they changed. */
  async watchSchema(): Promise<void> {
    await this.#catalog.driver.listen("pgrst", (payload) => {
      if (payload === "" || payload.startsWith("reload")) void this.clearSchemaCache();
    });
  }

  override async clearSchemaCache(): Promise<void> {
    const outdated = this.#pool;
    // Connections know the types and plans of when they were made.
    this.#pool = this.#createPool();
    this.#schema = undefined;
    this.#roleSettings = undefined;
    await outdated.close();
  }

  override async withContext<T>(
    vars: VarsContext | undefined,
    run: (db: QueryBuilder) => Promise<T>,
    options?: ConnectionContextOptions,
  ): Promise<T> {
    const settings = await this.#settingsFor(vars, options);
    return this.#pool.transaction(settings, async (db) => {
      if (options?.rpc?.readOnly) await sql.raw("set transaction read only").execute(db);
      return run(db);
    });
  }

  override async onPostgrestAST(ast: AnyAST): Promise<AnyAST> {
    const { functions } = await this.introspect();
    return super.onPostgrestAST(markJsonArguments(ast, functions ?? []));
  }

  /** Read once for all who wait: 200 requests right after a change would read it 200 times. */
  override introspect(): Promise<IntrospectResult> {
    return (this.#schema ??= this.#catalog.introspect().then((schema) => {
      // The library answers with an empty schema when it could not read it: not worth keeping.
      if (!schema.functions) this.#schema = undefined;
      return schema;
    }));
  }

  override viewOptionsMetadata(name: string, schema: string): Promise<ViewOptionsMetadata> {
    return this.#catalog.viewOptionsMetadata(name, schema);
  }

  override normalizeDbError(error: unknown): unknown {
    return toPostgrestError(error);
  }

  override async close(): Promise<void> {
    await Promise.all([super.close(), this.#pool.close(), this.#catalog.close()]);
  }

  #createPool(): TransactionPool {
    return new TransactionPool({ url: this.#options.url, size: this.#options.poolSize });
  }

  async #settingsFor(
    vars: VarsContext | undefined,
    options: ConnectionContextOptions | undefined,
  ): Promise<Settings> {
    const auth = vars?.auth as { jwt?: Record<string, unknown> | null } | undefined;
    const claims = auth?.jwt ?? {};
    const role = typeof claims.role === "string" ? claims.role : "anon";
    return {
      ...(await this.#readRoleSettings()).get(role),
      search_path: SEARCH_PATH,
      role,
      "request.jwt.claims": JSON.stringify({ ...claims, role }),
      "request.method": options?.rpc?.method ?? "",
      "request.path": options?.rpc?.path ?? "",
      "request.headers": JSON.stringify(withoutCredentials(options?.rpc?.requestHeaders)),
    };
  }

  /** `alter role anon set statement_timeout = …` counts for logins only; PostgREST applies it too. */
  #readRoleSettings(): Promise<Map<string, Settings>> {
    return (this.#roleSettings ??= this.#catalog.driver<{ role: string; settings: string[] }[]>`
      select rolname as role, rolconfig as settings
      from pg_roles
      where rolname in ('anon', 'authenticated', 'service_role') and rolconfig is not null
    `.then((rows) => new Map(rows.map((row) => [row.role, parseSettings(row.settings)]))));
  }
}

function parseSettings(settings: string[]): Settings {
  return Object.fromEntries(
    settings.map((setting) => {
      const equals = setting.indexOf("=");
      return [setting.slice(0, equals), setting.slice(equals + 1)];
    }),
  );
}

/** Functions may read the request's headers; the tokens among them are nobody's to keep. */
function withoutCredentials(headers: Record<string, string> = {}): Record<string, string> {
  const { authorization: _token, apikey: _key, cookie: _cookie, ...rest } = headers;
  return rest;
}
