import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

import {
  createClient,
  REALTIME_SUBSCRIBE_STATES,
  type SupabaseClient,
} from "@supabase/supabase-js";

import { freePort } from "../supabase/local/ports.ts";
import { openThread, say } from "../tests/e2e/support/conversation.ts";
import { sql } from "../tests/e2e/support/database.ts";
import { admin, stackValue } from "../tests/e2e/support/stack.ts";
import { createCoach, createPerson, type Person } from "../tests/e2e/support/people.ts";
import { forkRealtime } from "../tests/e2e/support/realtime.ts";
import { sessionToken } from "../tests/stack/support/client.ts";

/** As many clients as coaches, each with each: a hundred conversations. */
const PEOPLE = 10;
/** In each conversation: the client in three tabs, the coach in two. */
const TABS = { client: 3, coach: 2 } as const;
const SECONDS = 60;
const MESSAGES_A_SECOND = 20;
/** How long the last message may take to everybody. Milliseconds. */
const SETTLE_MS = 20_000;

export type Sockets = {
  sockets: number;
  messages: number;
  /** What should have been heard and was not, and what was heard twice or out of order. */
  wrong: number;
  /** Of the process that serves them, in bytes: with all connected, after half a minute, and at the end. */
  memory: { start: number; middle: number; end: number };
};

type Conversation = { id: string; client: Person; coach: Person; said: number };
type Socket = { client: SupabaseClient; conversation: Conversation; heard: number[] };

/** Connects everybody, has them talk for a minute, and compares what each socket heard with what was said. */
export async function measureSockets(): Promise<Sockets> {
  await admin("CLERK", "settings", { rateLimits: false, tokenLifetimeSeconds: 3600 });
  const clients = await Promise.all(Array.from({ length: PEOPLE }, () => createPerson()));
  const coaches = await Promise.all(Array.from({ length: PEOPLE }, () => createCoach()));
  const tokens = new Map<Person, string>();
  for (const person of [...clients, ...coaches]) tokens.set(person, await sessionToken(person));
  const conversations: Conversation[] = [];
  for (const client of clients) {
    for (const coach of coaches) {
      conversations.push({ id: await openThread(client, coach), client, coach, said: 0 });
    }
  }

  const port = await freePort();
  const realtime = await forkRealtime(port);
  const memory = () => residentBytes(realtime.pid ?? 0);
  const sockets: Socket[] = [];
  try {
    for (const conversation of conversations) {
      for (const party of ["client", "coach"] as const) {
        const token = tokens.get(conversation[party]) ?? "";
        const tabs = Array.from({ length: TABS[party] }, () => listen(port, token, conversation));
        sockets.push(...(await Promise.all(tabs)));
      }
    }
    const start = await memory();
    await talk(conversations, SECONDS / 2);
    const middle = await memory();
    await talk(conversations, SECONDS / 2);
    const end = await memory();

    const deadline = Date.now() + SETTLE_MS;
    while (countWrong(sockets) > 0 && Date.now() < deadline) await delay(100);
    return {
      sockets: sockets.length,
      messages: conversations.reduce((sum, { said }) => sum + said, 0),
      wrong: countWrong(sockets),
      memory: { start, middle, end },
    };
  } finally {
    await Promise.all(sockets.map(({ client }) => client.realtime.disconnect()));
    realtime.kill("SIGKILL");
  }
}

async function listen(port: number, token: string, conversation: Conversation): Promise<Socket> {
  const client = createClient(`http://127.0.0.1:${port}`, stackValue("SUPABASE_PUBLISHABLE_KEY"), {
    accessToken: () => Promise.resolve(token),
  });
  const socket: Socket = { client, conversation, heard: [] };
  await client.realtime.setAuth();
  await new Promise<void>((resolve, reject) => {
    client
      .channel(`conversation:${conversation.id}`, { config: { private: true } })
      .on<{ seq: number }>("broadcast", { event: "message" }, ({ payload }) =>
        socket.heard.push(payload.seq),
      )
      .subscribe((state, error) =>
        state === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED
          ? resolve()
          : reject(error ?? new Error(state)),
      );
  });
  return socket;
}

/** Messages at an even pace, in one conversation after the other, by either party. */
async function talk(conversations: Conversation[], seconds: number): Promise<void> {
  const startedAt = Date.now();
  for (let sent = 0; sent < seconds * MESSAGES_A_SECOND; sent += 1) {
    // Nobody may write more than twenty a minute; minutes pass quickly here.
    if (sent % 100 === 0) {
      await sql`update public.messages set created_at = created_at - interval '1 minute'`;
    }
    const conversation = conversations[sent % conversations.length]!;
    const writer = sent % 3 === 0 ? conversation.coach : conversation.client;
    await say(conversation.id, writer, "Hello.");
    conversation.said += 1;
    await delay(Math.max(0, startedAt + ((sent + 1) * 1_000) / MESSAGES_A_SECOND - Date.now()));
  }
}

/** Each is to have heard 1, 2, 3… up to what was said. */
function countWrong(sockets: Socket[]): number {
  return sockets
    .map(({ heard, conversation }) => {
      const misplaced = heard.filter((seq, index) => seq !== index + 1).length;
      return misplaced + Math.max(0, conversation.said - heard.length);
    })
    .reduce((sum, wrong) => sum + wrong, 0);
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}
