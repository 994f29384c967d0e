import { once } from "node:events";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";

import {
  listen,
  sendFromDatabase,
  signToken,
  startTestRealtime,
  type TestRealtime,
} from "./test-realtime.ts";

let realtime: TestRealtime;

beforeAll(async () => {
  realtime = await startTestRealtime();
}, 60_000);

afterEach(() => realtime.disconnectAll());
afterAll(() => realtime.stop());

const REFUSED =
  "CHANNEL_ERROR: Unauthorized: You do not have permissions to read from this Channel topic: kitchen";

describe("joining a private channel", () => {
  test("is for those whom the select policy shows a row", async () => {
    const ben = await listen(realtime.connect("ben"), "kitchen");
    const service = await listen(realtime.connect("service"), "kitchen");

    expect([ben.outcome, service.outcome]).toEqual(["SUBSCRIBED", "SUBSCRIBED"]);
  });

  test("is refused to a stranger and to a visitor, in Supabase's words", async () => {
    const mallory = await listen(realtime.connect("mallory"), "kitchen");
    const visitor = await listen(realtime.connect(null), "kitchen");

    expect([mallory.outcome, visitor.outcome]).toEqual([REFUSED, REFUSED]);
  });

  test("is refused with a token that is past its time, forged, or not a token", async () => {
    const expired = await signToken("ben", realtime.timers);
    realtime.timers.advance(61_000);
    const [header, , signature] = expired.split(".");
    const claims = Buffer.from(JSON.stringify({ sub: "ben", role: "authenticated" }));
    const forged = [header, claims.toString("base64url"), signature].join(".");

    const outcomes = [];
    for (const token of [expired, forged, "nonsense"]) {
      const client = realtime.connect(null);
      await client.realtime.setAuth(token);
      const channel = client.channel("kitchen", { config: { private: true } });
      outcomes.push(
        await new Promise((resolve) => channel.subscribe((_, error) => resolve(error?.message))),
      );
    }

    expect(outcomes).toEqual([
      "InvalidJWTToken: Token has expired 1 seconds ago",
      "JwtSignatureError: Failed to validate JWT signature",
      "MalformedJWT: The token provided is not a valid JWT",
    ]);
  });

  test("is refused without details when a policy fails, which the developer is told", async () => {
    const ben = await listen(realtime.connect("ben"), "broken");

    expect(ben.outcome).toBe("CHANNEL_ERROR: Unknown Error on Channel");
    expect(realtime.reports.at(-1)).toContain("phx_join on realtime:broken: PostgresError");
  });

  test("leaves nothing of its checks in realtime.messages", async () => {
    await listen(realtime.connect("ben"), "kitchen", { private: true, broadcast: { ack: true } });
    const [row] = await realtime.sql`
      select count(*)::integer as probes from realtime.messages where event is null
    `;

    expect(row?.probes).toBe(0);
  });

  test("refuses at once what is not served here", async () => {
    const client = realtime.connect("ben");
    const channel = client.channel("kitchen", { config: { private: true } });
    channel.on("postgres_changes", { event: "*", schema: "public" }, () => undefined);
    const message = await new Promise((resolve) =>
      channel.subscribe((_, error) => resolve(error?.message)),
    );

    expect(message).toBe("NotServedLocally: Use realtime.broadcast_changes, not postgres_changes");
  });
});

describe("broadcasts from the database", () => {
  test("reach the topic's private channel, with the row's id", async () => {
    const ben = await listen(realtime.connect("ben"), "kitchen");
    await sendFromDatabase(realtime.sql, "kitchen", "dinner");
    const broadcast = await ben.nextBroadcast();
    const [row] = await realtime.sql`select id from realtime.messages where event = 'dinner'`;

    expect(broadcast).toEqual({
      type: "broadcast",
      event: "dinner",
      payload: { from: "database", id: row?.id },
      meta: { id: row?.id },
    });
  });

  test("come in the order of their commits, and not before", async () => {
    const ben = await listen(realtime.connect("ben"), "kitchen");
    await realtime.sql
      .begin(async (transaction) => {
        await sendFromDatabase(transaction as unknown as typeof realtime.sql, "kitchen", "undone");
        throw new Error("rolled back");
      })
      .catch(() => undefined);
    for (let number = 1; number <= 50; number += 1) {
      await sendFromDatabase(realtime.sql, "kitchen", `number ${number}`);
    }

    const events = [];
    while (events.length < 50) events.push((await ben.nextBroadcast()).event);
    expect(events).toEqual(Array.from({ length: 50 }, (_, index) => `number ${index + 1}`));
  });

  test("reach no other topic, and not the public channel of the same topic", async () => {
    const mallory = realtime.connect("mallory");
    const cellar = await listen(mallory, "cellar");
    const outside = await listen(realtime.connect(null), "kitchen", { private: false });
    expect([cellar.outcome, outside.outcome]).toEqual(["SUBSCRIBED", "SUBSCRIBED"]);

    await sendFromDatabase(realtime.sql, "kitchen", "secret of the kitchen");
    await sendFromDatabase(realtime.sql, "cellar", "for the cellar");
    await sendFromDatabase(realtime.sql, "kitchen", "for everyone", false);

    // Each hears as the first thing what was sent after the secret.
    expect((await cellar.nextBroadcast()).event).toBe("for the cellar");
    expect((await outside.nextBroadcast()).event).toBe("for everyone");
  });
});

describe("broadcasts between clients", () => {
  test("are acknowledged, reach the others and not their sender", async () => {
    const sela = await listen(realtime.connect("sela"), "kitchen");
    const ben = await listen(realtime.connect("ben"), "kitchen", {
      private: true,
      broadcast: { ack: true },
    });
    const payload = { text: "Çay? ☕" };
    const answer = await ben.channel.send({ type: "broadcast", event: "ask", payload });
    expect(answer).toBe("ok");
    expect(await sela.nextBroadcast()).toEqual({ type: "broadcast", event: "ask", payload });

    await sendFromDatabase(realtime.sql, "kitchen", "after");
    expect((await ben.nextBroadcast()).event).toBe("after");
  });

  test("come back to a sender that asked for its own", async () => {
    const ben = await listen(realtime.connect("ben"), "kitchen", {
      private: true,
      broadcast: { self: true },
    });
    await ben.channel.send({ type: "broadcast", event: "echo", payload: {} });

    expect((await ben.nextBroadcast()).event).toBe("echo");
  });

  test("carry bytes as they are", async () => {
    const sela = await listen(realtime.connect("sela"), "kitchen");
    const ben = await listen(realtime.connect("ben"), "kitchen");
    const payload = Uint8Array.of(0, 255, 128).buffer;
    await ben.channel.send({ type: "broadcast", event: "bytes", payload });

    expect((await sela.nextBroadcast()).payload).toEqual(payload);
  });

  test("are dropped when the insert policy refuses", async () => {
    const sela = await listen(realtime.connect("sela"), "kitchen");
    const ida = await listen(realtime.connect("ida"), "kitchen", {
      private: true,
      presence: { key: "ida" },
    });
    await ida.channel.send({ type: "broadcast", event: "interruption", payload: {} });
    // Frames of one topic are handled in order: once this is answered, the broadcast is too.
    expect(await ida.channel.track({})).toBe("error");

    await sendFromDatabase(realtime.sql, "kitchen", "after");
    expect((await sela.nextBroadcast()).event).toBe("after");
  });

  test("pass between both versions of the protocol", async () => {
    const old = await listen(realtime.connect("sela", { vsn: "1.0.0" }), "kitchen");
    const current = await listen(realtime.connect("ben"), "kitchen");
    const payload = { number: 1 };

    await current.channel.send({ type: "broadcast", event: "to old", payload });
    expect(await old.nextBroadcast()).toEqual({ type: "broadcast", event: "to old", payload });
    await old.channel.send({ type: "broadcast", event: "to current", payload });
    expect(await current.nextBroadcast()).toEqual({
      type: "broadcast",
      event: "to current",
      payload,
    });
  });
});

describe("presence", () => {
  const as = (key: string) => ({ private: true, presence: { key } });

  test("tells who is there, who comes, and who goes without a word", async () => {
    const sela = await listen(realtime.connect("sela"), "kitchen", as("sela"));
    await sela.channel.track({ status: "cooking" });
    const benClient = realtime.connect("ben");
    const ben = await listen(benClient, "kitchen", as("ben"));
    expect(await ben.presence((names) => names.length === 1)).toEqual(["sela"]);

    await ben.channel.track({ status: "hungry" });
    expect(await sela.presence((names) => names.length === 2)).toEqual(["ben", "sela"]);
    expect(sela.channel.presenceState().ben).toMatchObject([{ status: "hungry" }]);

    await ben.channel.track({ status: "fed" });
    await sela.presence(() => JSON.stringify(sela.channel.presenceState().ben).includes("fed"));
    expect(sela.channel.presenceState().ben).toHaveLength(1);

    await benClient.realtime.disconnect();
    expect(await sela.presence((names) => names.length === 1)).toEqual(["sela"]);
  });

  test("is not told to who may only hear broadcasts", async () => {
    const frames: string[] = [];
    const logger = (_: string, message: string) => frames.push(message);
    const nora = await listen(realtime.connect("nora", { logger }), "kitchen", as("nora"));
    const sela = await listen(realtime.connect("sela"), "kitchen", as("sela"));
    await sela.channel.track({ status: "cooking" });
    await sendFromDatabase(realtime.sql, "kitchen", "after");

    expect((await nora.nextBroadcast()).event).toBe("after");
    expect(frames.filter((frame) => frame.includes("presence_"))).toEqual([]);
  });

  test("takes a key that an object has already", async () => {
    const sela = await listen(realtime.connect("sela"), "kitchen", as("__proto__"));
    expect(await sela.channel.track({ status: "cooking" })).toBe("ok");
    const ben = await listen(realtime.connect("ben"), "kitchen", as("ben"));

    expect([ben.outcome, await ben.channel.track({})]).toEqual(["SUBSCRIBED", "ok"]);
  });
});

describe("a token's time", () => {
  test("ends the channel when it runs out", async () => {
    const ben = await listen(realtime.connect("ben"), "kitchen");
    realtime.timers.advance(60_000);

    expect(await ben.nextSystemMessage()).toBe("Token has expired 0 seconds ago");
    expect(await ben.nextStatus()).toBe("CLOSED");
  });

  test("goes on with a new token", async () => {
    const client = realtime.connect("ben");
    const ben = await listen(client, "kitchen");
    realtime.timers.advance(50_000);
    await client.realtime.setAuth();
    // Answered after the token, so the token was taken.
    expect(await ben.channel.track({})).toBe("ok");
    realtime.timers.advance(50_000);
    await sendFromDatabase(realtime.sql, "kitchen", "still here");

    expect((await ben.nextBroadcast()).event).toBe("still here");
  });

  test("is how long rights are remembered", async () => {
    const client = realtime.connect("ben");
    const ben = await listen(client, "kitchen", { private: true, broadcast: { self: true } });
    const send = (event: string) => ben.channel.send({ type: "broadcast", event, payload: {} });
    await send("may");
    expect((await ben.nextBroadcast()).event).toBe("may");

    await realtime.sql`update public.room_members set may_talk = false where person = 'ben'`;
    await send("still may");
    expect((await ben.nextBroadcast()).event).toBe("still may");

    await realtime.renewToken(client);
    await send("may not");
    expect(await ben.channel.track({})).toBe("error");
    await sendFromDatabase(realtime.sql, "kitchen", "after");
    expect((await ben.nextBroadcast()).event).toBe("after");
  });

  test("ends the channel when the new token reads less than the old one", async () => {
    const client = realtime.connect("ben");
    const ben = await listen(client, "kitchen");
    await realtime.sql`update public.room_members set reads = '{presence}' where person = 'ben'`;
    await realtime.renewToken(client);

    expect(await ben.nextSystemMessage()).toBe(
      "You no longer have permission to read from this Channel topic: kitchen",
    );
  });

  test("ends the channel when the new token is already over", async () => {
    const client = realtime.connect("ben");
    const ben = await listen(client, "kitchen");
    const hours = 3_600_000;
    const stale = { ...realtime.timers, now: () => realtime.timers.now() - hours };
    // Behind the client's back, which would ask for a good one.
    const payload = { access_token: await signToken("ben", stale) };
    client.realtime.push({ topic: "realtime:kitchen", event: "access_token", payload, ref: "99" });

    expect(await ben.nextSystemMessage()).toBe("Token has expired 3540 seconds ago");
  });

  test("ends the channel when the new token no longer reads the topic", async () => {
    const client = realtime.connect("ben");
    const ben = await listen(client, "kitchen");
    await realtime.sql`delete from public.room_members where person = 'ben'`;
    await realtime.renewToken(client);

    expect(await ben.nextSystemMessage()).toBe(
      "You do not have permissions to read from this Channel topic: kitchen",
    );
    expect(await ben.nextStatus()).toBe("CLOSED");
  });
});

describe("connections", () => {
  test("come back after the server was away, and hear again", async () => {
    const ben = await listen(realtime.connect("ben"), "kitchen");
    await realtime.restart();

    let status = "";
    while (status !== "SUBSCRIBED") status = await ben.nextStatus();
    await sendFromDatabase(realtime.sql, "kitchen", "welcome back");
    expect((await ben.nextBroadcast()).event).toBe("welcome back");
  });

  test("are who their API key says while an API key is all they send as a token", async () => {
    const client = realtime.connect(null);
    await client.realtime.setAuth("sb_publishable_of another project");
    const channel = client.channel("kitchen", { config: { private: false } });

    expect(await new Promise((resolve) => channel.subscribe(resolve))).toBe("SUBSCRIBED");
  });

  test("may leave a topic and join it again", async () => {
    const client = realtime.connect("ben");
    const first = await listen(client, "kitchen");
    expect(await client.removeChannel(first.channel)).toBe("ok");
    const second = await listen(client, "kitchen");
    await sendFromDatabase(realtime.sql, "kitchen", "again");

    expect((await second.nextBroadcast()).event).toBe("again");
  });

  test("need an API key that is one of ours", async () => {
    const statuses = [];
    for (const query of ["vsn=2.0.0", "apikey=sb_publishable_other&vsn=2.0.0"]) {
      const address = realtime.url.replace("http", "ws") + `/realtime/v1/websocket?${query}`;
      const [, response] = (await once(new WebSocket(address), "unexpected-response")) as [
        unknown,
        { statusCode: number },
      ];
      statuses.push(response.statusCode);
    }

    expect(statuses).toEqual([401, 401]);
  });

  test("are closed after a message that nobody can read", async () => {
    const address = `${realtime.url.replace("http", "ws")}/websocket?apikey=sb_publishable_test&vsn=2.0.0`;
    for (const message of ["{}", "not json", Buffer.of(3, 200, 1), Buffer.of(9)]) {
      const socket = new WebSocket(address);
      await once(socket, "open");
      socket.send(message);
      const [code] = (await once(socket, "close")) as [number];
      expect(code).toBe(1003);
    }
  });
});

describe("broadcasts over HTTP", () => {
  test("reach the private channel if the insert policy allows", async () => {
    const sela = await listen(realtime.connect("sela"), "kitchen");
    const ben = realtime.connect("ben");
    await ben.realtime.setAuth();
    const channel = ben.channel("kitchen", { config: { private: true } });

    expect(await channel.httpSend("soup", { spoons: 2 })).toEqual({ success: true });
    expect(await sela.nextBroadcast()).toMatchObject({ event: "soup", payload: { spoons: 2 } });
  });

  test("ask for the right to write only", async () => {
    const sela = await listen(realtime.connect("sela"), "kitchen");
    const otto = realtime.connect("otto");
    await otto.realtime.setAuth();
    await otto.channel("kitchen", { config: { private: true } }).httpSend("knock", {});

    expect((await sela.nextBroadcast()).event).toBe("knock");
  });

  test("are refused, or left out of a batch, if it does not", async () => {
    const sela = await listen(realtime.connect("sela"), "kitchen");
    const mallory = realtime.connect("mallory");
    await mallory.realtime.setAuth();
    const channel = mallory.channel("kitchen", { config: { private: true } });
    await expect(channel.httpSend("poison", {})).rejects.toThrow("permissions to write");

    const token = await signToken("mallory", realtime.timers);
    const response = await fetch(`${realtime.url}/realtime/v1/api/broadcast`, {
      method: "POST",
      headers: { apikey: "sb_publishable_test", authorization: `Bearer ${token}` },
      body: JSON.stringify({
        messages: [{ topic: "kitchen", event: "poison", payload: {}, private: true }],
      }),
    });
    expect(response.status).toBe(202);

    await sendFromDatabase(realtime.sql, "kitchen", "after");
    expect((await sela.nextBroadcast()).event).toBe("after");
  });

  test("need a key and a payload", async () => {
    const send = (headers: Record<string, string>, body: string) =>
      fetch(`${realtime.url}/api/broadcast`, { method: "POST", headers, body });
    const batch = JSON.stringify({ messages: [{ topic: "kitchen", event: "x", payload: {} }] });

    expect((await send({}, batch)).status).toBe(401);
    expect((await send({ apikey: "sb_publishable_test" }, "{}")).status).toBe(422);

    const publicChannel = realtime.connect(null).channel("kitchen");
    await expect(publicChannel.httpSend("x".repeat(256), {})).rejects.toThrow("too long");
  });
});
