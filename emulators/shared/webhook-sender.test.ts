import { afterEach, beforeEach, expect, test } from "vitest";

import { createClock } from "./clock.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { createWebhookSender, type WebhookSender } from "./webhook-sender.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const clock = createClock(() => NOON);
let receiver: Receiver;
let sender: WebhookSender;

beforeEach(async () => {
  clock.reset();
  receiver = await startReceiver();
  sender = createWebhookSender({
    targets: () => [{ url: receiver.url, secret: "s3cret" }],
    sign: (target, event, seconds) => ({
      "x-signature": `${target.secret}.${seconds}.${event.body}`,
    }),
    clock,
    retryDelays: [1, 1],
  });
});

afterEach(async () => {
  sender.reset();
  await receiver.stop();
});

function send(...names: string[]): void {
  for (const name of names) sender.send({ id: name, type: "thing.happened", body: name });
}

function bodies(): string[] {
  return receiver.received.map((delivery) => delivery.body);
}

test("events arrive once, in order, signed", async () => {
  send("a", "b", "c");
  expect(receiver.received).toEqual([]); // asynchronous: whoever caused it does not wait
  await sender.settled();

  expect(bodies()).toEqual(["a", "b", "c"]);
  expect(receiver.received[0]?.headers["x-signature"]).toBe(`s3cret.${NOON / 1000}.a`);
});

test("a refused event is tried again with a fresh signature until it is taken", async () => {
  receiver.answers.push(500, 503);
  send("a");
  await sender.settled();

  expect(bodies()).toEqual(["a", "a", "a"]);
  expect(sender.log()[0]?.attempts.map(({ number, status }) => [number, status])).toEqual([
    [1, 500],
    [2, 503],
    [3, 200],
  ]);
});

test("it gives up when the retries are used up", async () => {
  receiver.answers.push(500, 500, 500, 500);
  send("a");
  await sender.settled();

  expect(bodies()).toHaveLength(3);
});

test("a redirect is a failure, not a new address", async () => {
  receiver.answers.push(302);
  send("a");
  await sender.settled();

  expect(sender.log()[0]?.attempts.map((attempt) => attempt.status)).toEqual([302, 200]);
});

test("nobody listening is recorded with the reason", async () => {
  await receiver.stop();
  send("a");
  await sender.settled();

  const attempts = sender.log()[0]?.attempts ?? [];
  expect(attempts).toHaveLength(3);
  expect(attempts[0]).toMatchObject({ status: null, delivered: false });
  expect(attempts[0]?.answer).toContain("ECONNREFUSED");
});

test("duplicate delivers everything twice", async () => {
  sender.setModes({ duplicate: true });
  send("a", "b");
  await sender.settled();

  expect(bodies()).toEqual(["a", "a", "b", "b"]);
});

test("held events leave on release, the last first when asked", async () => {
  sender.setModes({ hold: true });
  send("a", "b", "c");
  await sender.settled();
  expect(bodies()).toEqual([]);
  expect(sender.log().every((entry) => entry.held)).toBe(true);

  expect(sender.release({ reverse: true })).toBe(3);
  send("d");
  await sender.settled();
  expect(bodies()).toEqual(["c", "b", "a", "d"]);
});

test("a dropped event only comes when it is delivered again", async () => {
  sender.setModes({ drop: true });
  send("a");
  await sender.settled();
  expect(bodies()).toEqual([]);

  expect(sender.redeliver("a")).toBe(true);
  expect(sender.redeliver("unknown")).toBe(false);
  await sender.settled();
  expect(bodies()).toEqual(["a"]);
});

test("a delayed event is overtaken by a later one without delay", async () => {
  sender.setModes({ delayMilliseconds: 30 });
  send("slow");
  sender.setModes({ delayMilliseconds: 0 });
  send("quick");
  await sender.settled();

  expect(bodies()).toEqual(["quick", "slow"]);
});

test("reset gives up what is on its way", async () => {
  sender.setModes({ delayMilliseconds: 60_000 });
  send("a");
  sender.reset();
  await sender.settled();

  expect(bodies()).toEqual([]);
  expect(sender.log()).toEqual([]);
});
