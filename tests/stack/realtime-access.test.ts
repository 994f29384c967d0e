import { randomUUID } from "node:crypto";

import { createClient, type RealtimeChannel } from "@supabase/supabase-js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { toValue } from "~/lib/domain-error";

import { revokeSessions, setTokenLifetime } from "../e2e/support/clerk.ts";
import { sql } from "../e2e/support/database.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { stackValue } from "../e2e/support/stack.ts";
import { createSignedIn, sessionToken, signIn, type Client } from "./support/client.ts";
import { until } from "./support/until.ts";

/** Who tries to take part, however they ask. */
type Asker = Pick<Client, "db">;

let practice: Coach;
let client: Client;
let coach: Client;
let stranger: Client;
let conversationId: string;

beforeAll(async () => {
  practice = await createCoach();
  [client, stranger, coach] = await Promise.all([
    createSignedIn(),
    createSignedIn(),
    signIn(practice),
  ]);
  conversationId = toValue(
    await client.db.rpc("start_conversation", { coach_id: practice.coach.id }),
  );
});

/** What somebody outside says inside; no message has this number. */
const SHOUT = { seq: 0 };

/** Says so over the socket as far as it goes, and past it. */
async function shout({ channel }: Listener): Promise<void> {
  const events = ["message", "read", "activity", "typing"];
  await Promise.all(events.map((event) => channel.httpSend(event, SHOUT).catch(() => null)));
}

const listening: Listener[] = [];
afterEach(async () => {
  await Promise.all(listening.splice(0).map(({ asker }) => asker.db.removeAllChannels()));
});
afterAll(async () => {
  await Promise.all([client, coach, stranger].map(({ db }) => db.realtime.disconnect()));
});

type Listener = {
  asker: Asker;
  channel: RealtimeChannel;
  /** How the join ended, and what became of the channel. */
  states: string[];
  heard: Record<string, unknown>[];
  /** Who is there, as last told. */
  present: () => string[];
};

/** Tries to join the thread's channel over a real socket; resolves with the server's answer. */
async function join(
  asker: Asker,
  topic = `conversation:${conversationId}`,
  key: string = randomUUID(),
): Promise<Listener> {
  await asker.db.realtime.setAuth();
  const channel = asker.db.channel(topic, {
    config: { private: true, broadcast: { ack: true }, presence: { key } },
  });
  let present: string[] = [];
  const listener: Listener = { asker, channel, states: [], heard: [], present: () => present };
  listening.push(listener);
  channel.on("presence", { event: "sync" }, () => {
    present = Object.keys(channel.presenceState());
  });
  channel.on<Record<string, unknown>>("broadcast", { event: "*" }, ({ payload }) =>
    listener.heard.push(payload),
  );
  await new Promise<void>((resolve) => {
    channel.subscribe((state, error) => {
      listener.states.push(error ? `${state}: ${error.message}` : state);
      resolve();
    });
  });
  return listener;
}

const write = (asker: Asker, body: string) =>
  asker.db.rpc("send_message", { conversation_id: conversationId, message_id: randomUUID(), body });

/** A file that the client has sent in the thread, by its path. */
async function sendFile(): Promise<string> {
  const [messageId, id] = [randomUUID(), randomUUID()];
  const path = `${conversationId}/${messageId}/${id}`;
  const file = { contentType: "application/pdf", metadata: { name: "Offer.pdf" } };
  const { error } = await client.db.storage.from("attachments").upload(path, "%PDF-1.4", file);
  expect(error).toBeNull();
  toValue(
    await client.db.rpc("send_message", {
      conversation_id: conversationId,
      message_id: messageId,
      body: "",
      attachment_ids: [id],
    }),
  );
  return path;
}

/** Whether somebody gets a file whose path they have guessed, whichever way. */
async function gets(asker: Asker, path: string): Promise<boolean> {
  const files = asker.db.storage.from("attachments");
  const [signed, downloaded] = await Promise.all([
    files.createSignedUrl(path, 60),
    files.download(path),
  ]);
  return signed.data !== null || downloaded.data !== null;
}

function visitor(): Asker {
  return {
    db: createClient(stackValue("SUPABASE_URL"), stackValue("SUPABASE_PUBLISHABLE_KEY")),
  };
}

/** Somebody who may not take part in the thread, by any way that there is. */
async function expectShutOut(asker: Asker): Promise<void> {
  const path = await sendFile();
  const inside = await join(client);
  expect(inside.states).toEqual(["SUBSCRIBED"]);

  const outside = await join(asker);
  expect(outside.states[0]).toMatch(/^CHANNEL_ERROR/);

  // What is said is heard inside, and what is shouted from outside is not. Nor does either see the other.
  expect(await inside.channel.track({})).toBe("ok");
  await until("who is inside is seen there", async () => inside.present().length === 1);
  await shout(outside);
  expect(await outside.channel.track({}, { timeout: 500 })).not.toBe("ok");
  expect((await write(asker, "From outside.")).error).not.toBeNull();
  const seq = toValue(await write(coach, "For the two of us."));
  await until("the message is heard inside", async () =>
    inside.heard.some((signal) => signal["seq"] === seq),
  );
  expect(inside.heard.filter((signal) => signal["seq"] === SHOUT.seq)).toEqual([]);
  expect(outside.heard).toEqual([]);
  expect(inside.present()).toHaveLength(1);
  expect(outside.present()).toEqual([]);

  expect((await asker.db.from("messages").select("id").limit(1)).data ?? []).toEqual([]);
  expect(await gets(asker, path)).toBe(false);
  expect(await gets(client, path)).toBe(true);
}

describe("a thread on the live connection", () => {
  it("is its two parties'", async () => {
    const [one, other] = [await join(client), await join(coach)];
    expect([one.states, other.states]).toEqual([["SUBSCRIBED"], ["SUBSCRIBED"]]);
    toValue(await write(client, "Good morning."));
    await until("both hear of it", async () => one.heard.length + other.heard.length === 2);
  });

  it("shows each to be there once, however often, until they are gone, and tells that they type", async () => {
    const topic = `conversation:${conversationId}`;
    const inside = await join(client, topic, "client");
    const others = [await signIn(practice), await signIn(practice), await signIn(practice)];
    const tabs = await Promise.all(others.map((other) => join(other, topic, "coach")));
    await Promise.all([inside, ...tabs].map(({ channel }) => channel.track({})));
    await until("both are seen, once", async () =>
      [inside, ...tabs].every(({ present }) => present().sort().join() === "client,coach"),
    );

    const by = randomUUID();
    await tabs[0]!.channel.send({ type: "broadcast", event: "typing", payload: { by } });
    await until("the other hears of it", async () =>
      inside.heard.some((told) => told["by"] === by),
    );
    expect(tabs[0]!.heard).toEqual([]);

    await tabs[0]!.channel.unsubscribe();
    await others[1]!.db.realtime.disconnect();
    await tabs[2]!.channel.untrack();
    await until("none of them is there", async () => inside.present().join() === "client");
    await Promise.all(others.map(({ db }) => db.realtime.disconnect()));
  });

  it("changes nothing, whatever event a party forges", async () => {
    const [inside, forger] = [await join(client), await join(coach)];
    const before = await sql`
      select last_seq, last_change from public.conversations where id = ${conversationId}
    `;
    await shout(forger);
    await until("the other hears them", async () => inside.heard.length === 4);
    expect(
      await sql`select last_seq, last_change from public.conversations where id = ${conversationId}`,
    ).toEqual(before);
  });

  it("is closed to somebody else who is signed in", async () => {
    await expectShutOut(stranger);
  });

  it("is closed to whoever is signed out", async () => {
    await expectShutOut(visitor());
  });

  it("has a name that can't be said otherwise", async () => {
    const id = conversationId;
    for (const topic of [`conversation:${id.toUpperCase()}`, `conversation:${id}:x`, id, "*"]) {
      expect((await join(stranger, topic)).states[0], topic).toMatch(/^CHANNEL_ERROR/);
    }
    const own = `person:${client.person.profile.id}`;
    expect((await join(client, own)).states[0]).toBe("SUBSCRIBED");
    expect((await join(coach, own)).states[0]).toMatch(/^CHANNEL_ERROR/);
  });

  it("is closed to a party whom the other has blocked, as is what they were in already", async () => {
    const path = await sendFile();
    const blocked = await signIn(client.person);
    const before = await join(blocked);
    expect(before.states).toEqual(["SUBSCRIBED"]);
    toValue(await coach.db.rpc("block_conversation", { conversation_id: conversationId }));

    // With their next token, at the latest.
    await blocked.db.realtime.setAuth(await sessionToken(client.person));
    await until("the server has ended it", async () => before.states.includes("CLOSED"));
    const [inside, outside] = [await join(coach), await join(await signIn(client.person))];
    expect(inside.states).toEqual(["SUBSCRIBED"]);
    expect(outside.states[0]).toMatch(/^CHANNEL_ERROR/);

    await shout(outside);
    expect(await outside.channel.track({}, { timeout: 500 })).not.toBe("ok");
    await sql`
      select realtime.send('{"seq": -1}', 'message', ${`conversation:${conversationId}`}, true)
    `;
    await until("it is heard inside", async () => inside.heard.some(({ seq }) => seq === -1));
    expect(inside.heard.filter(({ seq }) => seq === SHOUT.seq)).toEqual([]);
    expect(outside.heard).toEqual([]);
    expect(before.heard.filter(({ seq }) => seq === -1)).toEqual([]);
    expect(inside.present()).toEqual([]);
    // Who has blocked the other hears, and shows themselves no more, either.
    expect(await inside.channel.track({}, { timeout: 500 })).not.toBe("ok");
    expect((await write(client, "Why not?")).error).not.toBeNull();
    expect([await gets(client, path), await gets(coach, path)]).toEqual([false, true]);

    toValue(await coach.db.rpc("unblock_conversation", { conversation_id: conversationId }));
    expect((await join(await signIn(client.person))).states).toEqual(["SUBSCRIBED"]);
  });

  it("is closed to a party whose session was ended, once their last token has run out", async () => {
    await setTokenLifetime(6);
    const ended = await signIn(client.person);
    await setTokenLifetime(3600);
    const listener = await join(ended);
    expect(listener.states).toEqual(["SUBSCRIBED"]);
    await revokeSessions(client.person.profile.clerk_user_id ?? "");

    await until("the server has ended the channel", async () => listener.states.includes("CLOSED"));
    const heardBefore = listener.heard.length;
    await expectShutOut(ended);
    expect(listener.heard).toHaveLength(heardBefore);
  });
});
