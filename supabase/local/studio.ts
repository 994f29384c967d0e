import { readdir, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { basename, dirname, extname, join } from "node:path";

import { getRequestListener } from "@hono/node-server";
import { App } from "@supabase/lite";
import { Hono, type MiddlewareHandler } from "hono";

import type { Service } from "./service.ts";
import { StudioConnection } from "./studio-connection.ts";
import { runSql } from "./studio-sql.ts";
import { sqlPage } from "./studio-sql-page.ts";

type StudioOptions = {
  /** 0 takes any free port; the service's url tells which. */
  port: number;
  /** Connects as `postgres`, as whom Studio works. */
  databaseUrl: string;
  /** Folder of .sql files that the SQL editor offers. */
  snippetsDir: string;
};

const ASSETS = join(
  dirname(createRequire(import.meta.url).resolve("@supabase/lite/dist/manifest.json")),
  "..",
);

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".ico": "image/x-icon",
  ".js": "text/javascript",
  ".woff2": "font/woff2",
};

/**
 * Starts Studio, where admins work: Supabase's own table editor as @supabase/lite ships it, and an
 * SQL editor of ours at /sql, which that build leaves out.
 *
 * It asks for no password, so it answers this machine alone, and only pages of its own.
 *
 * @throws when the port is taken
 */
export async function startStudio(options: StudioOptions): Promise<Service> {
  const connection = new StudioConnection(options.databaseUrl);
  const app = createApp(options, connection, await schemasOf(connection));
  const listener = getRequestListener(app.fetch);
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const port = await listen(server, options.port).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    server.close();
    server.closeAllConnections();
    await connection.close();
  }
  return {
    name: "studio",
    url: `http://127.0.0.1:${port}`,
    stop: () => (stopped ??= stop()),
  };
}

function createApp(options: StudioOptions, connection: StudioConnection, schemas: string[]): Hono {
  const tableEditor = new App({
    connection,
    api: { enabled: true, schemas },
    auth: { enabled: false },
    storage: { enabled: false },
    studio: { enabled: true },
    options: { server: { apiKeys: false, admin: true } },
  });
  const app = new Hono();
  app.use(refuseStrangers);

  app.get("/sql", async (context) => {
    const name = context.req.query("snippet");
    const snippets = await snippetsIn(options.snippetsDir);
    const script = name && snippets.includes(name) ? await readSnippet(options, name) : "";
    return context.html(sqlPage({ script, snippets }));
  });
  app.post("/sql", async (context) => {
    const { script } = await context.req.parseBody();
    const text = typeof script === "string" ? script : "";
    const result = await runSql(options.databaseUrl, text);
    // What it created is there to be seen at once.
    await connection.clearSchemaCache();
    const snippets = await snippetsIn(options.snippetsDir);
    return context.html(sqlPage({ script: text, snippets, result }), result.ok ? 200 : 422);
  });

  app.get("/favicon.ico", () => asset("favicon.ico"));
  app.get("/static/*", (context) => asset(context.req.path.slice("/static/".length)));
  app.all("*", async (context) => {
    const response = await tableEditor.fetch(context.req.raw);
    if (!response.headers.get("content-type")?.startsWith("text/html")) return response;
    return context.html((await response.text()).replace("</body>", `${SQL_LINK}</body>`));
  });
  return app;
}

/** The table editor's own entry for it is switched off. */
const SQL_LINK =
  '<a href="/sql" style="position:fixed;top:.45rem;left:50%;z-index:50;padding:.35rem .8rem;' +
  'border-radius:.5rem;background:#3ecf8e;color:#10141c;font:600 14px system-ui">SQL editor</a>';

/**
 * A page of another site that is open in the same browser must not work here: neither by a form
 * that posts to us, nor under a name of its own that resolves to this machine.
 */
const refuseStrangers: MiddlewareHandler = async (context, next) => {
  const { hostname, host } = new URL(context.req.url);
  const origin = context.req.header("origin");
  const isSafe = context.req.method === "GET" || context.req.method === "HEAD";
  const isOwn = origin ? origin === `http://${host}` : isSafe;
  if (!isOwn || !/^(localhost|127\.0\.0\.1)$/.test(hostname)) return context.text("Forbidden", 403);
  return next();
};

async function asset(path: string): Promise<Response> {
  const type = TYPES[extname(path)];
  if (!type || path.includes("..")) return new Response("Not found", { status: 404 });
  try {
    return new Response(await readFile(join(ASSETS, path)), { headers: { "content-type": type } });
  } catch {
    return new Response("Not found", { status: 404 });
  }
}

/** All that people made, ours first: admins also look at cron jobs and requests that were sent. */
async function schemasOf({ driver }: StudioConnection): Promise<string[]> {
  const rows = await driver<{ name: string }[]>`
    select nspname as name from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema'
    order by nspname <> 'public', nspname
  `;
  return rows.map((row) => row.name);
}

async function snippetsIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter((file) => file.endsWith(".sql"))
    .map((file) => basename(file, ".sql"))
    .sort();
}

function readSnippet({ snippetsDir }: StudioOptions, name: string): Promise<string> {
  return readFile(join(snippetsDir, `${name}.sql`), "utf8");
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
