import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createPlatformDataDir } from "./platform.ts";
import { freePort } from "./ports.ts";
import { startPostgres, type Postgres } from "./postgres.ts";
import type { Service } from "./service.ts";
import { startStudio } from "./studio.ts";

let folder: string;
let server: Postgres;
let sql: Sql;
let studio: Service;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "studio-"));
  await chmod(folder, 0o755); // the server may run as another user than we do
  await mkdir(join(folder, "snippets"));
  await writeFile(join(folder, "snippets/open-jars.sql"), "select 'jars' as what;");
  const dataDir = join(folder, "data");
  await createPlatformDataDir(dataDir);
  server = await startPostgres({ dataDir, port: await freePort(), durable: false });
  sql = postgres(server.databaseUrl(), { max: 1, onnotice: () => undefined });
  await sql.unsafe(`
    create schema private;
    create table private.jars (id integer primary key, label text not null);
    alter table private.jars enable row level security;
    insert into private.jars values (1, 'plum');
  `);
  studio = await startStudio({
    port: 0,
    databaseUrl: server.databaseUrl(),
    snippetsDir: join(folder, "snippets"),
  });
}, 60_000);

afterAll(async () => {
  await studio?.stop();
  await sql?.end();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

function run(script: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${studio.url}/sql`, {
    method: "POST",
    headers: { origin: studio.url, ...headers },
    body: new URLSearchParams({ script }),
  });
}

it("serves the table editor with a way to the SQL editor", async () => {
  const page = await (await fetch(`${studio.url}/editor`)).text();
  expect(page).toContain('href="/sql"');
  const scripts = [...page.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((match) => match[1]);
  expect(scripts.length).toBeGreaterThan(1);
  for (const path of scripts) expect((await fetch(studio.url + path)).status).toBe(200);
});

it("reads and edits every schema as postgres, and leaves the grants alone", async () => {
  const listed = await fetch(`${studio.url}/rest/v1/jars`, {
    headers: { "accept-profile": "private" },
  });
  expect(await listed.json()).toEqual([{ id: 1, label: "plum" }]);

  const edited = await fetch(`${studio.url}/rest/v1/jars?id=eq.1`, {
    method: "PATCH",
    headers: {
      "content-profile": "private",
      "content-type": "application/json",
      origin: studio.url,
    },
    body: JSON.stringify({ label: "quince" }),
  });
  expect(edited.status).toBe(204);
  expect(await sql`select label from private.jars`).toMatchObject([{ label: "quince" }]);

  const grants = await sql`
    select from information_schema.role_table_grants
    where table_schema = 'private' and grantee in ('anon', 'authenticated', 'service_role')`;
  expect(grants).toHaveLength(0);
});

it("runs SQL as postgres and shows each statement's answer", async () => {
  const response = await run(`
    insert into private.jars values (2, '<b>fig</b>') returning label;
    select current_user as who, null as nothing, timestamptz '2026-03-08 07:30Z' as at;
    do $$ begin raise notice 'looked at it'; end $$;
  `);
  expect(response.status).toBe(200);
  const page = await response.text();
  for (const part of ["INSERT", "postgres", "null", "2026-03-08 07:30:00+00", "looked at it"]) {
    expect(page).toContain(part);
  }
  expect(page).toContain("&lt;b&gt;fig&lt;/b&gt;");
  expect(page).not.toContain("<b>fig</b>");
});

it("undoes a script that fails and says where", async () => {
  const response = await run("delete from private.jars;\nselect * from nowhere;");
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(
    "relation &quot;nowhere&quot; does not exist · 42P01 (line 2)",
  );
  expect(await sql`select count(*)::integer as count from private.jars`).toMatchObject([
    { count: 2 },
  ]);
});

it("offers snippets, and only those", async () => {
  expect(await (await fetch(`${studio.url}/sql?snippet=open-jars`)).text()).toContain(
    "select &#39;jars&#39;",
  );
  const other = await fetch(`${studio.url}/sql?snippet=..%2F..%2Fdata%2FPG_VERSION`);
  expect(await other.text()).toContain("required></textarea>");
});

it("does not work for other sites' pages", async () => {
  expect((await run("select 1", { origin: "http://evil.test" })).status).toBe(403);
  const read = await fetch(`${studio.url}/_system/info`, {
    headers: { origin: "http://evil.test" },
  });
  expect(read.status).toBe(403);
  const withoutOrigin = await fetch(`${studio.url}/sql`, {
    method: "POST",
    body: new URLSearchParams({ script: "select 1" }),
  });
  expect(withoutOrigin.status).toBe(403);

  // A name of theirs that resolves to this machine.
  const rebound = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { host: "evil.test" };
    get(studio.url, { headers }, (response) => resolve(response.resume().statusCode)).on(
      "error",
      reject,
    );
  });
  expect(rebound).toBe(403);
});
