import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  createClient,
  type RealtimeChannel,
  type RealtimeChannelOptions,
  type RealtimeClientOptions,
  type SupabaseClient,
} from "@supabase/supabase-js";
import { jwtVerify, SignJWT } from "jose";
import postgres, { type Sql } from "postgres";

import { createPlatformDataDir } from "../platform.ts";
import { freePort } from "../ports.ts";
import { startPostgres } from "../postgres.ts";
import type { Service } from "../service.ts";
import { TokenError, type Identity } from "../tokens.ts";
import { startRealtime } from "./server.ts";
import type { Timers } from "./timers.ts";

/*
 * A Realtime server on a database of its own, and people to connect to it. Sela and Ben are in the
 * kitchen and may talk there; Ida may only listen, Nora hears but does not see who is there, Otto
 * may only talk. Mallory is in the cellar.
 */
const SCHEMA = `
  create table public.room_members (
    room text, person text,
    reads text[] default '{broadcast,presence}',
    may_talk boolean default true
  );
  insert into public.room_members (room, person) values
    ('kitchen', 'sela'), ('kitchen', 'ben'), ('cellar', 'mallory');
  insert into public.room_members values
    ('kitchen', 'ida', '{broadcast,presence}', false),
    ('kitchen', 'nora', '{broadcast}', false),
    ('kitchen', 'otto', '{}', true);
  grant select on public.room_members to authenticated;

  create policy "Members can receive what their room tells them" on realtime.messages
    for select to authenticated using (
      exists (
        select from public.room_members
        where room = (select realtime.topic()) and person = auth.jwt() ->> 'sub'
          and extension = any (reads)
      )
    );
  create policy "Nobody joins what breaks the policy itself" on realtime.messages
    as restrictive for select to authenticated using (
      case realtime.topic() when 'broken' then realtime.topic()::integer = 1 else true end
    );
  create policy "Members who may talk can tell their room" on realtime.messages
    for insert to authenticated with check (
      exists (
        select from public.room_members
        where room = (select realtime.topic()) and person = auth.jwt() ->> 'sub' and may_talk
      )
    );
`;

const PUBLISHABLE_KEY = "sb_publishable_test";
const SECRET_KEY = "sb_secret_test";
const SIGNING_SECRET = new TextEncoder().encode("a secret of this test, and only of this test");
const TOKEN_LIFE_MS = 60_000;

type TestTimers = Timers & { advance(milliseconds: number): void };

/** Timers that stand still until a test moves them. */
function createTestTimers(): TestTimers {
  let now = Date.UTC(2026, 10, 23, 12);
  const due = new Map<() => void, number>();
  return {
    now: () => now,
    after(milliseconds, callback) {
      // A function of its own, so that the same callback can wait twice.
      const run = () => callback();
      due.set(run, now + milliseconds);
      return () => due.delete(run);
    },
    advance(milliseconds) {
      now += milliseconds;
      for (const [run, at] of due) if (at <= now && due.delete(run)) run();
    },
  };
}

export type TestRealtime = Awaited<ReturnType<typeof startTestRealtime>>;

/** Starts the database and the server. The first time on a machine takes some seconds longer. */
export async function startTestRealtime() {
  const folder = await mkdtemp(join(tmpdir(), "realtime-"));
  await chmod(folder, 0o755); // the server may run as another user than we do
  const dataDir = join(folder, "data");
  await createPlatformDataDir(dataDir);
  const server = await startPostgres({ dataDir, port: await freePort(), durable: false });
  const sql = postgres(server.databaseUrl(), { max: 2, onnotice: () => undefined });
  await sql.unsafe(SCHEMA);

  const timers = createTestTimers();
  const reports: string[] = [];
  const port = await freePort();
  const clients: SupabaseClient[] = [];

  function start(): Promise<Service> {
    return startRealtime({
      port,
      databaseUrl: server.databaseUrl(),
      verifyToken: (token) => verify(token, timers),
      timers,
      report: (what, error) => reports.push(`${what}: ${String(error)}`),
    });
  }
  let service = await start();

  /** Connects somebody. `null` is a visitor; "service" holds the secret key. */
  function connect(name: string | null, options: RealtimeClientOptions = {}): SupabaseClient {
    const key = name === "service" ? SECRET_KEY : PUBLISHABLE_KEY;
    const isPerson = name !== null && name !== "service";
    const client = createClient(service.url, key, {
      ...(isPerson && { accessToken: () => signToken(name, timers) }),
      realtime: { ...options, reconnectAfterMs: () => 20 },
    });
    clients.push(client);
    return client;
  }

  return {
    sql,
    timers,
    reports,
    connect,
    url: service.url,
    /** All connections break; the server comes back on the same port. */
    async restart() {
      await service.stop();
      service = await start();
    },
    /** A second later supabase-js gets another token; resolves when it has sent that. */
    async renewToken(client: SupabaseClient) {
      timers.advance(1000);
      await client.realtime.setAuth();
    },
    async disconnectAll() {
      await Promise.all(clients.splice(0).map((client) => client.realtime.disconnect()));
      await resetMembers(sql);
    },
    async stop() {
      await service.stop();
      await sql.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A token that says it is this person, for a minute from the test's now. The same as long as that
 * stands still: supabase-js asks again after each join, and tells the server when it got another.
 */
export function signToken(name: string, timers: Timers): Promise<string> {
  return new SignJWT({ sub: name, role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(new Date(timers.now() + TOKEN_LIFE_MS))
    .sign(SIGNING_SECRET);
}

/** Sends through SQL, as a trigger of ours would. */
export async function sendFromDatabase(sql: Sql, topic: string, event: string, isPrivate = true) {
  await sql`select realtime.send(${sql.json({ from: "database" })}, ${event}, ${topic}, ${isPrivate})`;
}

/** A channel with everything it heard, and a way to wait for the next thing. */
export type Listener = {
  channel: RealtimeChannel;
  /** "SUBSCRIBED", or the reason it was refused. */
  outcome: string;
  /** The next broadcast, in order; waits for it. */
  nextBroadcast(): Promise<{ event: string; payload: unknown; meta?: { id: string } }>;
  /** The next status: SUBSCRIBED, CHANNEL_ERROR, CLOSED. */
  nextStatus(): Promise<string>;
  /** The next thing the server said about the channel itself. */
  nextSystemMessage(): Promise<string>;
  /** Resolves when presence was told again and satisfies the condition. */
  presence(condition: (names: string[]) => boolean): Promise<string[]>;
};

/** Joins a topic with the real client and waits for the answer. */
export async function listen(
  client: SupabaseClient,
  topic: string,
  config: RealtimeChannelOptions["config"] = { private: true },
): Promise<Listener> {
  // Without this the client joins before it has asked for its token.
  await client.realtime.setAuth();
  const channel = client.channel(topic, { config });
  const broadcasts = createQueue<{ event: string; payload: unknown }>();
  const statuses = createQueue<string>();
  const systemMessages = createQueue<string>();
  const presences = createQueue<string[]>();

  channel.on("broadcast", { event: "*" }, broadcasts.push);
  channel.on("system", {}, ({ message }: { message: string }) => systemMessages.push(message));
  if (config.presence) {
    channel.on("presence", { event: "sync" }, () => {
      presences.push(Object.keys(channel.presenceState()).sort());
    });
  }
  channel.subscribe((status, error) =>
    statuses.push(error ? `${status}: ${error.message}` : status),
  );

  return {
    channel,
    outcome: await statuses.next(),
    nextBroadcast: broadcasts.next,
    nextStatus: statuses.next,
    nextSystemMessage: systemMessages.next,
    async presence(condition) {
      for (;;) {
        const names = await presences.next();
        if (condition(names)) return names;
      }
    },
  };
}

async function verify(token: string | null, timers: Timers): Promise<Identity> {
  if (token === null || token === PUBLISHABLE_KEY)
    return { role: "anon", claims: { role: "anon" } };
  if (token === SECRET_KEY) return { role: "service_role", claims: { role: "service_role" } };
  const currentDate = new Date(timers.now());
  const { payload } = await jwtVerify(token, SIGNING_SECRET, { currentDate }).catch(() => {
    throw new TokenError("PGRST301", "refused");
  });
  return { role: String(payload.role), claims: payload };
}

async function resetMembers(sql: Sql): Promise<void> {
  await sql`delete from public.room_members where person = 'ben'`;
  await sql`insert into public.room_members (room, person) values ('kitchen', 'ben')`;
}

function createQueue<Item>() {
  const items: Item[] = [];
  const waiting: ((item: Item) => void)[] = [];
  return {
    push(item: Item): void {
      const waiter = waiting.shift();
      if (waiter) waiter(item);
      else items.push(item);
    },
    next(): Promise<Item> {
      const item = items.shift();
      if (item !== undefined) return Promise.resolve(item);
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
