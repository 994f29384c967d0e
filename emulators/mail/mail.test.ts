import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import { linkify } from "./linkify.ts";
import { startMailEmulator } from "./server.ts";
import type { Message } from "./state.ts";

const apiKey = "re_local_test";
const options = {
  port: 0,
  apiKey,
  snapshotPath: join(mkdtempSync(join(tmpdir(), "mail-")), "s.json"),
};
const invitation = {
  from: "Walkthrough <sessions@walkthrough.example>",
  to: ["Ada Reyes <ada@example.com>"],
  subject: "Your session",
  html: "<h1>Tuesday</h1>",
  text: "Manage it: https://walkthrough.example/bookings/1?a=1&b=2.",
  attachments: [
    { filename: "session.ics", content: btoa("BEGIN:VCALENDAR"), content_type: "text/calendar" },
  ],
};
let service: Service;

beforeAll(async () => {
  service = await startMailEmulator(options);
});
afterAll(() => service.stop());
beforeEach(async () => {
  await admin("reset", {});
});

type Answer = { status: number; json: Record<string, unknown> };

async function call(path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const response = await fetch(`${service.url}${path}`, {
    ...init,
    headers: { ...headers, ...(init.headers as Record<string, string>) },
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

function send(body: unknown, idempotencyKey?: string): Promise<Answer> {
  const headers: Record<string, string> = idempotencyKey
    ? { "idempotency-key": idempotencyKey }
    : {};
  return call("/emails", { method: "POST", body: JSON.stringify(body), headers });
}

async function admin(path: string, body: unknown): Promise<void> {
  const init = { method: "POST", body: JSON.stringify(body) };
  expect((await fetch(`${service.url}/__admin/${path}`, init)).ok).toBe(true);
}

async function messagesTo(address: string): Promise<Message[]> {
  const { json } = await call(`/__admin/messages?to=${encodeURIComponent(address)}`);
  return json.messages as Message[];
}

async function text(path: string): Promise<string> {
  return (await fetch(`${service.url}${path}`)).text();
}

describe("sending", () => {
  test("what was sent can be read back, by the API and by recipient", async () => {
    const { status, json } = await send({ ...invitation, bcc: "log@example.com" });
    expect(status).toBe(200);

    const read = await call(`/emails/${String(json.id)}`);
    expect(read.json).toMatchObject({
      object: "email",
      id: json.id,
      to: invitation.to,
      subject: "Your session",
      html: invitation.html,
      last_event: "delivered",
    });
    expect(await messagesTo("ADA@example.com")).toHaveLength(1);
    expect(await messagesTo("log@example.com")).toHaveLength(1);
    expect(await messagesTo("da@example.com")).toEqual([]);
  });

  test("the list is paged, newest first", async () => {
    for (const subject of ["one", "two", "three"]) await send({ ...invitation, subject });

    const first = await call("/emails?limit=2");
    const subjects = (answer: Answer) =>
      (answer.json.data as Message[]).map((mail) => mail.subject);
    expect(subjects(first)).toEqual(["three", "two"]);
    expect(first.json.has_more).toBe(true);
    const last = (first.json.data as Message[])[1]?.id ?? "";
    const second = await call(`/emails?limit=2&after=${last}`);
    expect(subjects(second)).toEqual(["one"]);
    expect(second.json.has_more).toBe(false);
  });

  test.each([
    ["a missing subject", { subject: undefined }, "missing_required_field", "subject"],
    ["no body", { html: undefined, text: undefined }, "missing_required_field", "html"],
    ["a recipient that is none", { to: ["ada"] }, "validation_error", "to"],
    ["two senders", { from: "a@b.example, c@d.example" }, "validation_error", "from"],
    ["an unknown key", { replyTo: "a@b.example" }, "validation_error", "replyTo"],
    ["a tag with a space", { tags: [{ name: "a b", value: "c" }] }, "validation_error", "tags"],
    [
      "a header of two lines",
      { headers: { "X-Note": "a\r\nBcc: eve@example.com" } },
      "validation_error",
      "headers",
    ],
    [
      "no base64",
      { attachments: [{ filename: "a", content: "é" }] },
      "validation_error",
      "attachments",
    ],
  ])("%s is refused and logged as a violation", async (_name, change, kind, field) => {
    const { status, json } = await send({ ...invitation, ...change });
    expect(status).toBe(422);
    expect(json).toMatchObject({ statusCode: 422, name: kind });
    expect(json.message).toContain(field);
    expect(await messagesTo("ada@example.com")).toEqual([]);
    const { violations } = (await call("/__admin/violations")).json;
    expect(violations).toHaveLength(1);
  });

  const ADDRESS = "<https://walkthrough.example/unsubscribe/token>";
  const ONE_CLICK = "List-Unsubscribe=One-Click";
  test.each([
    ["an address alone", { "List-Unsubscribe": ADDRESS }],
    ["one click without an address", { "List-Unsubscribe-Post": ONE_CLICK }],
    ["other words", { "List-Unsubscribe": ADDRESS, "List-Unsubscribe-Post": "One-Click" }],
    [
      "no brackets",
      { "List-Unsubscribe": ADDRESS.slice(1, -1), "List-Unsubscribe-Post": ONE_CLICK },
    ],
    [
      "plain HTTP",
      { "List-Unsubscribe": "<http://walkthrough.example/u>", "List-Unsubscribe-Post": ONE_CLICK },
    ],
    [
      "two addresses",
      {
        "List-Unsubscribe": `${ADDRESS}, <mailto:a@b.example>`,
        "List-Unsubscribe-Post": ONE_CLICK,
      },
    ],
  ])("of unsubscribing in one click, %s is refused", async (_name, headers) => {
    const { status, json } = await send({ ...invitation, headers });
    expect(status).toBe(422);
    expect(json.message).toContain("List-Unsubscribe");
  });

  test.each([ADDRESS, "<http://localhost:3000/unsubscribe/token>"])(
    "unsubscribing in one click at %s is kept with the mail",
    async (address) => {
      const headers = { "List-Unsubscribe": address, "List-Unsubscribe-Post": ONE_CLICK };
      expect((await send({ ...invitation, headers })).status).toBe(200);
      expect((await messagesTo("ada@example.com"))[0]?.headers).toEqual(headers);
    },
  );

  test("a missing or wrong key is refused", async () => {
    const missing = await fetch(`${service.url}/emails`);
    expect(missing.status).toBe(401);
    expect(await missing.json()).toMatchObject({ name: "missing_api_key" });
    const wrong = await call("/emails", { headers: { authorization: "Bearer re_other" } });
    expect(wrong).toMatchObject({ status: 403, json: { name: "invalid_api_key" } });
  });

  test("it does not start with a key that is not local", async () => {
    await expect(startMailEmulator({ port: 0, apiKey: "re_AbC123" })).rejects.toThrow("apiKey");
  });
});

describe("idempotency keys", () => {
  test("the same key and body is one message, whatever the order of its fields", async () => {
    const first = await send(invitation, "confirmed/1");
    const again = await send(
      Object.fromEntries(Object.entries(invitation).reverse()),
      "confirmed/1",
    );
    expect(again).toEqual(first);
    expect(await messagesTo("ada@example.com")).toHaveLength(1);
  });

  test("the same key with another body is refused", async () => {
    await send(invitation, "confirmed/1");
    const other = await send({ ...invitation, subject: "Other" }, "confirmed/1");
    expect(other).toMatchObject({ status: 409, json: { name: "invalid_idempotent_request" } });
    expect(await messagesTo("ada@example.com")).toHaveLength(1);
  });

  test("a key is forgotten after 24 hours, not before", async () => {
    await send(invitation, "confirmed/1");
    await admin("clock", { advanceSeconds: 24 * 3600 - 60 });
    await send(invitation, "confirmed/1");
    expect(await messagesTo("ada@example.com")).toHaveLength(1);
    await admin("clock", { advanceSeconds: 120 });
    await send(invitation, "confirmed/1");
    expect(await messagesTo("ada@example.com")).toHaveLength(2);
  });

  test("a refused send does not use up its key", async () => {
    expect((await send({ ...invitation, to: [] }, "confirmed/1")).status).toBe(422);
    expect((await send(invitation, "confirmed/1")).status).toBe(200);
  });

  test("after a connection that broke too late, the retry finds the first message", async () => {
    await admin("faults", { kind: "timeout-after-commit", path: "^/emails$" });
    await expect(send(invitation, "confirmed/1")).rejects.toThrow("fetch failed");
    const retried = await send(invitation, "confirmed/1");
    expect((await messagesTo("ada@example.com")).map(({ id }) => id)).toEqual([retried.json.id]);
  });

  test("keys and messages survive a restart", async () => {
    const first = await send(invitation, "confirmed/1");
    await service.stop();
    service = await startMailEmulator(options);
    expect(await send(invitation, "confirmed/1")).toEqual(first);
  });

  test("a key that is too long is refused", async () => {
    const answer = await send(invitation, "k".repeat(257));
    expect(answer).toMatchObject({ status: 400, json: { name: "invalid_idempotency_key" } });
  });
});

describe("the inbox", () => {
  afterEach(async () => {
    await fetch(`${service.url}/__admin/messages`, { method: "DELETE" });
  });

  test("lists messages, also by recipient", async () => {
    await send(invitation);
    await send({ ...invitation, to: "ben@example.com", subject: "For <Ben>" });

    expect(await text("/")).toContain("Your session");
    const bens = await text("/?to=ben@example.com");
    expect(bens).toContain("For &lt;Ben&gt;");
    expect(bens).not.toContain("Your session");
  });

  test("shows a message with its links, and its HTML where it can do no harm", async () => {
    const html = "<script>parent.location='https://evil.example'</script>";
    const { json } = await send({ ...invitation, html });
    const page = await text(`/messages/${String(json.id)}`);
    expect(page).toContain('href="https://walkthrough.example/bookings/1?a=1&amp;b=2"');
    expect(page).toContain('sandbox="allow-popups');
    expect(page).not.toContain("evil.example");

    const frame = await fetch(`${service.url}/messages/${String(json.id)}/html`);
    expect(await frame.text()).toContain("evil.example");
    const policy = frame.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("sandbox");
    expect(policy).not.toContain("allow-scripts");
  });

  test("attached files are downloads with their type", async () => {
    await send(invitation);
    const [message] = await messagesTo("ada@example.com");
    const file = message?.attachments[0];
    const path = `/messages/${String(message?.id)}/attachments/${String(file?.id)}`;
    const response = await fetch(`${service.url}${path}`);
    expect(response.headers.get("content-type")).toBe("text/calendar");
    expect(response.headers.get("content-disposition")).toContain("session.ics");
    expect(await response.text()).toBe("BEGIN:VCALENDAR");
  });

  test("text around addresses is escaped and stays outside the link", () => {
    expect(linkify('<b> (see https://a.example/x?y="z). http://b.example')).toBe(
      '&lt;b&gt; (see <a href="https://a.example/x?y=">https://a.example/x?y=</a>&quot;z). ' +
        '<a href="http://b.example">http://b.example</a>',
    );
  });
});
