import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createClient } from "@supabase/supabase-js";
import { SignJWT } from "jose";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startDataApi } from "./data-api.ts";
import { createJwtSecret } from "./keys.ts";
import { createPlatformDataDir } from "./platform.ts";
import { freePort } from "./ports.ts";
import { startPostgres, type Postgres } from "./postgres.ts";
import type { Service } from "./service.ts";

/*
 * A shop with shelves and jars. Everybody sees the jars that nobody owns, owners see their own,
 * and nobody but the shop itself sees what a jar cost.
 */
const SCHEMA = `
  alter default privileges in schema public revoke all on tables from anon, authenticated;
  alter default privileges in schema public revoke execute on functions from anon, authenticated;
  alter default privileges revoke execute on functions from public;

  create table shelves (id integer primary key, name text not null);
  create table jars (
    id integer primary key,
    shelf_id integer not null references shelves (id),
    label text not null unique,
    tags text[] not null default '{}',
    weight numeric(8, 2) not null default 1.50,
    cost_cents integer not null default 100,
    sealed_at timestamptz not null default '2026-03-08 07:30:00.123456Z',
    owner text
  );
  insert into shelves values (1, 'top'), (2, 'bottom');
  insert into jars (id, shelf_id, label, tags, owner) values
    (1, 1, 'plum', '{sweet,red}', null), (2, 1, 'pickle', '{sour}', null),
    (3, 2, 'honey', '{sweet}', 'sela');

  alter table shelves enable row level security;
  alter table jars enable row level security;
  grant select on shelves to anon, authenticated;
  grant select (id, shelf_id, label, tags, weight, sealed_at, owner) on jars to anon, authenticated;
  grant insert (id, shelf_id, label, owner) on jars to authenticated;
  create policy "Anyone can view shelves" on shelves for select to anon, authenticated using (true);
  create policy "Anyone can view jars that nobody owns, owners theirs" on jars for select
    to anon, authenticated using (owner is null or owner = (select auth.jwt() ->> 'sub'));
  create policy "Owners can put up jars of their own" on jars for insert
    to authenticated with check (owner = (select auth.jwt() ->> 'sub'));

  create function find_jars(tag text default null, page_size integer default 10)
  returns table (label text, total bigint) language sql stable
  as $$
    select jars.label, count(*) over () from jars
    where find_jars.tag is null or find_jars.tag = any (jars.tags)
    order by jars.id limit find_jars.page_size
  $$;
  create function list_jars() returns setof jars language sql stable security definer
  as 'select * from jars order by id';
  create function describe_event(event jsonb) returns jsonb language sql
  as $$ select jsonb_build_object('items', jsonb_array_length(event -> 'items'), 'role', current_user) $$;
  create function next_sealing() returns timestamptz language sql
  as $$ select timestamptz '2026-11-01 06:00:00Z' $$;
  create function clear_jars() returns void language sql as 'select';
  create function mix(first text) returns text language sql as $$ select 'one' $$;
  create function mix(first text, second text) returns text language sql as $$ select 'two' $$;
  create function refuse(code text) returns void language plpgsql
  as $$ begin
    raise exception 'Not this one.' using errcode = refuse.code, detail = 'why', hint = 'how';
  end $$;
  create function dawdle() returns void language sql as 'select pg_sleep(20)';
  create function count_stock() returns bigint language sql as 'select count(*) from jars';
  grant execute on all functions in schema public to anon, authenticated, service_role;
  revoke execute on function count_stock() from anon, authenticated;

  create table takings (jar_id integer primary key);
  alter table takings enable row level security;
  create function take_jar(jar_id integer) returns integer language plpgsql security definer
  as $$ declare v_taken integer; begin
    insert into takings values (take_jar.jar_id) on conflict do nothing returning takings.jar_id into v_taken;
    if v_taken is null then
      raise exception 'This jar is gone.' using errcode = 'JRGON';
    end if;
    return v_taken;
  end $$;
  grant execute on function take_jar to authenticated;
`;

const jwtSecret = createJwtSecret();
let folder: string;
let server: Postgres;
let sql: Sql;
let service: Service;
let visitor: Client;
let sela: Client;
let shop: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "data-api-"));
  await chmod(folder, 0o755); // the server may run as another user than we do
  const dataDir = join(folder, "data");
  await createPlatformDataDir(dataDir);
  server = await startPostgres({ dataDir, port: await freePort(), durable: false });
  sql = postgres(server.databaseUrl(), { max: 1, onnotice: () => undefined });
  await sql.unsafe(SCHEMA);

  service = await startDataApi({
    databaseUrl: server.databaseUrl("postgres", "authenticator"),
    catalogUrl: server.databaseUrl(),
    port: 0,
    jwtSecret,
  });
  visitor = connect({ role: "anon" });
  sela = connect({ role: "authenticated", sub: "sela" });
  shop = connect({ role: "service_role" });
}, 60_000);

afterAll(async () => {
  await service?.stop();
  await sql?.end();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

type Client = ReturnType<typeof connect>;

function connect(claims: Record<string, string>) {
  return createClient(service.url, "unused", {
    accessToken: () =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256" })
        .setExpirationTime("60s")
        .sign(new TextEncoder().encode(jwtSecret)),
  });
}

describe("reading", () => {
  it("shows each role the rows its policies allow", async () => {
    const labels = async (client: Client) =>
      (await client.from("jars").select("label").order("id")).data?.map((jar) => String(jar.label));

    expect(await labels(visitor)).toEqual(["plum", "pickle"]);
    expect(await labels(sela)).toEqual(["plum", "pickle", "honey"]);
    expect(await labels(shop)).toEqual(["plum", "pickle", "honey"]);
  });

  it("grants nothing by itself: an ungranted column stays closed after the first requests", async () => {
    const { error, status } = await visitor.from("jars").select("cost_cents");
    expect({ code: error?.code, status }).toEqual({ code: "42501", status: 401 });
    expect((await sela.from("jars").select("cost_cents")).status).toBe(403);

    const grants = await sql`
      select from information_schema.role_table_grants
      where table_name = 'jars' and grantee in ('anon', 'authenticated')`;
    expect(grants).toHaveLength(0);
  });

  it("filters, embeds both ways, counts and pages", async () => {
    const sweet = await visitor.from("jars").select("label").overlaps("tags", ["sweet", "salty"]);
    expect(sweet.data).toEqual([{ label: "plum" }]);

    const shelf = await visitor.from("shelves").select("name, jars(label)").eq("id", 1).single();
    expect(shelf.data).toEqual({ name: "top", jars: [{ label: "plum" }, { label: "pickle" }] });

    const jar = await sela
      .from("jars")
      .select("shelf:shelves!inner(name)")
      .eq("shelf.name", "bottom");
    expect(jar.data).toEqual([{ shelf: { name: "bottom" } }]);

    const page = await visitor
      .from("jars")
      .select("label", { count: "exact" })
      .order("label")
      .range(1, 1);
    expect(page).toMatchObject({ data: [{ label: "plum" }], count: 2 });
  });

  it("writes values as to_json does, embedded or not", async () => {
    const expected = { sealed_at: "2026-03-08T07:30:00.123456+00:00", weight: 1.5, tags: ["sour"] };
    const { data } = await visitor
      .from("jars")
      .select("sealed_at, weight, tags")
      .eq("id", 2)
      .single();
    expect(data).toEqual(expected);

    const shelf = await visitor
      .from("shelves")
      .select("jars(sealed_at, weight, tags)")
      .eq("jars.id", 2)
      .eq("id", 1)
      .single();
    expect(shelf.data).toEqual({ jars: [expected] });
  });
});

describe("writing", () => {
  it("lets people write what the grants and policies say, and no more", async () => {
    const mine = await sela
      .from("jars")
      .insert({ id: 10, shelf_id: 1, label: "quince", owner: "sela" })
      .select("label")
      .single();
    expect(mine.data).toEqual({ label: "quince" });

    const others = await sela
      .from("jars")
      .insert({ id: 11, shelf_id: 1, label: "fig", owner: "ben" });
    expect(others.error?.code).toBe("42501");
    const taken = await sela
      .from("jars")
      .insert({ id: 11, shelf_id: 1, label: "plum", owner: "sela" });
    expect({ code: taken.error?.code, status: taken.status }).toEqual({
      code: "23505",
      status: 409,
    });
    expect((await visitor.from("jars").delete().eq("id", 10)).status).toBe(401);

    const removed = await shop.from("jars").delete().eq("id", 10).select("label");
    expect(removed.data).toEqual([{ label: "quince" }]);
  });
});

it("writes arrays, JSON and timestamps as they were sent", async () => {
  await sql.unsafe(`
    create table labels (id integer primary key, tags text[], meta jsonb, at timestamptz);
    alter table labels enable row level security;
    grant select, insert, update on labels to service_role;
    notify pgrst, 'reload schema';
  `);
  const row = {
    id: 1,
    tags: ["a b", 'c"d', "é,{}"],
    meta: { list: [1, "two", null], text: '{"not": "parsed"}' },
    at: "2026-11-01T01:30:00-04:00",
  };
  await expect.poll(async () => (await shop.from("labels").insert(row)).status).toBe(201);
  const { data } = await shop
    .from("labels")
    .select()
    .contains("meta", { list: ["two"] })
    .single();
  expect(data).toEqual({ ...row, at: "2026-11-01T05:30:00+00:00" });
  const changed = await shop
    .from("labels")
    .update({ meta: [], tags: [] })
    .eq("id", 1)
    .select("meta, tags");
  expect(changed.data).toEqual([{ meta: [], tags: [] }]);
});

describe("calling functions", () => {
  it("takes named, omitted and jsonb arguments and returns tables, sets, scalars and nothing", async () => {
    expect((await visitor.rpc("find_jars", { tag: "sweet" })).data).toEqual([
      { label: "plum", total: 1 },
    ]);
    expect((await visitor.rpc("find_jars", {}).eq("label", "pickle")).data).toEqual([
      { label: "pickle", total: 2 },
    ]);
    const listed = await shop.rpc("list_jars").select("label, shelves(name)").eq("id", 3);
    expect(listed.data).toEqual([{ label: "honey", shelves: { name: "bottom" } }]);
    const event = { items: [1, "two", { three: null }] };
    expect((await shop.rpc("describe_event", { event })).data).toEqual({
      items: 3,
      role: "service_role",
    });
    expect((await visitor.rpc("next_sealing")).data).toBe("2026-11-01T06:00:00+00:00");
    expect((await visitor.rpc("clear_jars")).status).toBe(204);
    expect((await visitor.rpc("mix", { first: "a" })).data).toBe("one");
    expect((await visitor.rpc("mix", { first: "a", second: "b" })).data).toBe("two");
    expect((await visitor.rpc("mix", { third: "c" })).error?.code).toBe("PGRST202");
  });

  it("respects execute grants", async () => {
    expect(await visitor.rpc("count_stock")).toMatchObject({
      status: 401,
      error: { code: "42501" },
    });
    expect(await sela.rpc("count_stock")).toMatchObject({ status: 403, error: { code: "42501" } });
    expect((await shop.rpc("count_stock")).data).toBe(3);
  });

  it.each([
    ["JRGON", 400],
    ["P0001", 400],
    ["PT409", 409],
    ["23P01", 400],
    ["40001", 500],
    ["53300", 503],
  ])("answers a raised %s with status %i, its code and its words", async (code, status) => {
    const refused = await visitor.rpc("refuse", { code });
    expect(refused.status).toBe(status);
    expect(refused.error).toMatchObject({
      code,
      message: "Not this one.",
      details: "why",
      hint: "how",
    });
  });

  it("stops statements at the role's time limit", async () => {
    await sql`alter role anon set statement_timeout = '50ms'`;
    await sql`notify pgrst, 'reload schema'`;
    await expect
      .poll(async () => (await visitor.rpc("dawdle")).error?.code, { timeout: 10_000 })
      .toBe("57014");
    await sql`alter role anon set statement_timeout = '3s'`;
    await sql`notify pgrst, 'reload schema'`;
  }, 20_000);

  it("lets exactly one of 200 have the same thing, in under five seconds", async () => {
    const started = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => sela.rpc("take_jar", { jar_id: 1 })),
    );
    expect(performance.now() - started).toBeLessThan(5_000);

    const codes = answers.map(({ error }) => error?.code ?? "taken");
    expect(codes.filter((code) => code === "taken")).toHaveLength(1);
    expect(codes.filter((code) => code === "JRGON")).toHaveLength(199);
  }, 20_000);
});

it("serves no schema but the exposed ones and nobody without a good token", async () => {
  expect((await shop.schema("vault").from("secrets").select()).error?.code).toBe("PGRST106");

  const forged = await new SignJWT({ role: "service_role" })
    .setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode("some other secret, long enough to sign"));
  const response = await fetch(`${service.url}/rest/v1/jars`, {
    headers: { authorization: `Bearer ${forged}` },
  });
  expect(response.status).toBe(401);
});

it("sees a table that a migration adds", async () => {
  await sql.unsafe(`
    create type mood as enum ('calm', 'brisk');
    create table moods (id integer, felt mood[]);
    insert into moods values (1, '{calm,brisk}');
    alter table moods enable row level security;
    grant select on moods to service_role;
    notify pgrst, 'reload schema';
  `);
  await expect
    .poll(async () => (await shop.from("moods").select()).data, { timeout: 10_000 })
    .toEqual([{ id: 1, felt: ["calm", "brisk"] }]);
});

it("goes on after its connections were cut, also in the middle of a request", async () => {
  const waiting = visitor.rpc("dawdle").then(({ status }) => status);
  const cut = () => sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where usename = 'authenticator' and query like '%dawdle%' and state = 'active'`;
  await expect.poll(async () => (await cut()).length, { timeout: 10_000 }).toBe(1);
  expect(await waiting).toBeGreaterThanOrEqual(500);

  await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'authenticator'`;
  const statuses = async () =>
    (await Promise.all(Array.from({ length: 30 }, () => visitor.rpc("next_sealing")))).map(
      ({ status }) => status,
    );
  await expect.poll(statuses, { timeout: 10_000 }).toEqual(Array.from({ length: 30 }, () => 200));
}, 30_000);
