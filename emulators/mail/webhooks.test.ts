import { createHmac } from "node:crypto";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import { startReceiver, type Receiver } from "../shared/receiver.ts";
import { startMailEmulator } from "./server.ts";
import { FATES, fatesOf } from "./webhooks.ts";

const apiKey = "re_local_test";
const KEY = "local-webhook-secret";
let receiver: Receiver;
let service: Service;

beforeEach(async () => {
  receiver = await startReceiver();
  service = await startMailEmulator({
    port: 0,
    apiKey,
    webhookUrl: receiver.url,
    webhookSecret: `whsec_${Buffer.from(KEY).toString("base64")}`,
    webhookRetryDelays: [1, 1],
  });
});
afterEach(async () => {
  await service.stop();
  await receiver.stop();
});

async function send(to: string): Promise<string> {
  const response = await fetch(`${service.url}/emails`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ from: "a@walkthrough.example", to, subject: "Hello", text: "Hello" }),
  });
  return ((await response.json()) as { id: string }).id;
}

/** The events that arrived, each of them signed. */
async function received() {
  await fetch(`${service.url}/__admin/settle`, { method: "POST", body: "{}" });
  return receiver.received.map(({ body, headers }) => {
    const signed = `${headers["svix-id"]}.${headers["svix-timestamp"]}.${body}`;
    const signature = createHmac("sha256", KEY).update(signed).digest("base64");
    expect(headers["svix-signature"]).toBe(`v1,${signature}`);
    return JSON.parse(body) as { type: string; data: Record<string, unknown> };
  });
}

test("what became of a mail is told, signed", async () => {
  const id = await send("Ada Reyes <ada@example.com>");
  const [event, ...more] = await received();
  expect(event).toMatchObject({
    type: "email.delivered",
    data: { email_id: id, to: ["Ada Reyes <ada@example.com>"], subject: "Hello" },
  });
  expect(more).toEqual([]);
});

test("Resend's test addresses are fated by their names", async () => {
  await send("bounced+ada@resend.dev");
  await send("complained@resend.dev");
  const events = await received();
  expect(events.map(({ type }) => type)).toEqual([
    "email.bounced",
    "email.delivered",
    "email.complained",
  ]);
  expect(events[0]?.data).toMatchObject({ bounce: { type: "Permanent" } });
  expect(fatesOf("bounced@resend.dev.example")).toEqual(["delivered"]);
});

test.each(FATES)("the inbox has a mail %s on demand", async (fate) => {
  const id = await send("ada@example.com");
  await received();
  receiver.received.length = 0;
  const page = await (await fetch(`${service.url}/messages/${id}`)).text();
  expect(page).toContain(`action="/messages/${id}/${fate}"`);

  await fetch(`${service.url}/messages/${id}/${fate}`, { method: "POST" });
  const events = await received();
  expect(events).toMatchObject([{ type: `email.${fate}`, data: { email_id: id } }]);
});

test("a fate that is none is not found", async () => {
  const id = await send("ada@example.com");
  const response = await fetch(`${service.url}/messages/${id}/eaten`, { method: "POST" });
  expect(response.status).toBe(404);
});
