import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { withScratchServer } from "../../script/db/scratch.ts";
import { applyMigrations } from "./migrations.ts";

let databaseUrl: string;
let sql: postgres.Sql;
let endScratchServer: () => void;
let scratchServer: Promise<void>;

beforeAll(async () => {
  await new Promise<void>((ready, fail) => {
    scratchServer = withScratchServer(async (server) => {
      databaseUrl = server.databaseUrl();
      ready();
      await new Promise<void>((end) => (endScratchServer = end));
    });
    scratchServer.catch(fail);
  });
  sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await sql.end();
  endScratchServer();
  await scratchServer;
});

describe("the role that migrations run as", () => {
  it.each([
    ["reads files of the server", "select pg_read_file('postgresql.conf')"],
    ["makes a superuser", "create role mallory superuser"],
    ["creates an extension that is not trusted", "create extension file_fdw"],
    ["changes the server's settings", "alter system set work_mem = '1GB'"],
    ["writes in the platform's schemas", "create table auth.users (id uuid)"],
  ])("is refused when it %s, as on the platform", async (_name, statement) => {
    await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: "42501" });
  });

  it("creates the extensions that we use, and what they bring is callable", async () => {
    await sql.unsafe(`
      create extension pg_cron;
      create extension pg_net with schema extensions;
      create extension pgtap with schema extensions;
      create extension btree_gist with schema extensions;
    `);
    await expect(
      sql`select cron.schedule('never', '61 seconds', 'select 1')`,
    ).rejects.toMatchObject({ code: "22023" });
    await expect(
      sql`select net.http_post('http://x', headers => '{"content-type": "text/plain"}')`,
    ).rejects.toThrow("Content-Type");

    await sql`select net.http_get('http://x/?a=1', '{"q": "é & b"}')`;
    expect(await sql`select url from net.http_request_queue`).toEqual([
      { url: "http://x/?a=1&q=%C3%A9%20%26%20b" },
    ]);
  });

  it("writes policies on the platform's message table", async () => {
    await sql`create policy "Anyone" on realtime.messages for select to authenticated using (true)`;
    await sql`drop policy "Anyone" on realtime.messages`;
  });
});

describe("realtime.messages", () => {
  it("is a table in partitions, one for each day, whose rows the parent's policies guard", async () => {
    await sql.unsafe("select realtime.send('{}', 'created', 'room:1')");
    const [shape] = await sql`
      select pg_get_partkeydef(oid) as key, relrowsecurity as guarded, relowner::regrole::text as owner
      from pg_class where oid = 'realtime.messages'::regclass
    `;
    expect(shape).toEqual({
      key: "RANGE (inserted_at)",
      guarded: true,
      owner: "supabase_realtime_admin",
    });

    await sql
      .begin(async (transaction) => {
        await transaction.unsafe("set local role authenticated");
        expect(await transaction.unsafe("select from realtime.messages")).toHaveLength(0);
        await expect(
          transaction.unsafe("select from realtime.messages_default"),
        ).rejects.toMatchObject({ code: "42501" });
      })
      .catch(() => {}); // the refusal aborts the transaction
  });

  it("has the columns and the key that Supabase ships", async () => {
    const columns = await sql<{ column: string }[]>`
      select concat_ws(' ', attname, format_type(atttypid, atttypmod), case when attnotnull then 'not null' end) as column
      from pg_attribute
      where attrelid = 'realtime.messages'::regclass and attnum > 0 and not attisdropped
      order by attnum
    `;
    expect(columns.map(({ column }) => column)).toEqual([
      "topic text not null",
      "extension text not null",
      "payload jsonb",
      "event text",
      "private boolean",
      "updated_at timestamp without time zone not null",
      "inserted_at timestamp without time zone not null",
      "id uuid not null",
      "broadcasted_at timestamp without time zone",
    ]);
    const [key] = await sql`
      select pg_get_constraintdef(oid) as definition from pg_constraint
      where conrelid = 'realtime.messages'::regclass and contype = 'p'
    `;
    expect(key?.definition).toBe("PRIMARY KEY (id, inserted_at)");
  });
});

describe("realtime.send", () => {
  beforeEach(() => sql`truncate realtime.messages`.catch(() => sql`delete from realtime.messages`));

  it("stores a message and announces its id", async () => {
    let announce: (id: string) => void = () => {};
    const announced = new Promise<string>((resolve) => (announce = resolve));
    const listener = postgres(databaseUrl, { max: 1 });
    await listener.listen("realtime_messages", announce);

    await sql`select realtime.send('{"a": 1}', 'created', 'room:1')`;
    const [message] =
      await sql`select id, topic, event, extension, private, payload from realtime.messages`;
    expect(message).toMatchObject({
      topic: "room:1",
      event: "created",
      extension: "broadcast",
      private: true,
    });
    expect(message?.payload).toEqual({ a: 1, id: message?.id as string });
    expect(await announced).toBe(message?.id);
    await listener.end();
  });

  it("never undoes the change it tells of", async () => {
    await sql.unsafe("create table public.things (id integer)");
    await sql.begin(async (transaction) => {
      await transaction.unsafe("insert into public.things values (1)");
      await transaction.unsafe("select realtime.send('{}', 'created', null)"); // a topic is required
    });
    expect(await sql`select id from public.things`).toEqual([{ id: 1 }]);
    expect(await sql`select from realtime.messages`).toHaveLength(0);
  });
});

describe("vault", () => {
  it("gives a secret back through its view only", async () => {
    await sql`select vault.create_secret('open sesame', 'cave')`;
    const [row] =
      await sql`select secret, decrypted_secret from vault.decrypted_secrets where name = 'cave'`;
    expect(row?.decrypted_secret).toBe("open sesame");
    expect(row?.secret).not.toContain("sesame");

    await sql
      .begin(async (transaction) => {
        await transaction.unsafe("set local role authenticated");
        await expect(
          transaction.unsafe("select * from vault.decrypted_secrets"),
        ).rejects.toMatchObject({ code: "42501" });
      })
      .catch(() => {}); // the refusal aborts the transaction
  });
});

describe("applyMigrations", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "migrations-"));
    await writeFile(
      join(folder, "20270101000000_first.sql"),
      "create table public.first (id integer); set search_path = nowhere; set role anon;",
    );
    await writeFile(join(folder, "20270102000000_second.sql"), "insert into first values (1);");
    await writeFile(join(folder, "notes.sql"), "this is no migration");
  });

  afterAll(() => rm(folder, { recursive: true }));

  it("applies each once, in order, and records it where the CLI looks", async () => {
    expect(await applyMigrations(databaseUrl, folder)).toBe(2);
    expect(await applyMigrations(databaseUrl, folder)).toBe(0);

    expect(await sql`select id from public.first`).toEqual([{ id: 1 }]);
    expect(
      await sql`select version, name from supabase_migrations.schema_migrations order by version`,
    ).toEqual([
      { version: "20270101000000", name: "first" },
      { version: "20270102000000", name: "second" },
    ]);
  });

  it("leaves nothing of one that fails, and names its line", async () => {
    const file = join(folder, "20270103000000_third.sql");
    await writeFile(file, "create table public.third (id integer);\n\nselect nonsense;\n");

    await expect(applyMigrations(databaseUrl, folder)).rejects.toThrow(
      '20270103000000_third.sql:3: column "nonsense" does not exist (42703)',
    );
    expect(await sql`select to_regclass('public.third') as third`).toEqual([{ third: null }]);
  });
});
