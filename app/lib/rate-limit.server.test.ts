import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { testEnv } from "../server/test-env.ts";
import type * as EnvModule from "./env.server.ts";
import { digestSubject, limitTries } from "./rate-limit.server.ts";

// What the database is asked, and what it answers by bucket: seconds, or null for a failure.
const calls: { name: string; key: string | undefined; body: Record<string, unknown> }[] = [];
const waits = new Map<string, number | null>();

const database = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk: Buffer) => (text += chunk.toString()));
  request.on("end", () => {
    const body = JSON.parse(text) as Record<string, unknown>;
    const name = request.url?.split("/").at(-1) ?? "";
    calls.push({ name, key: request.headers.apikey as string | undefined, body });
    const wait = waits.get(String(body.bucket)) ?? (waits.has(String(body.bucket)) ? null : 0);
    response.statusCode = wait === null ? 404 : 200;
    response.setHeader("Content-Type", "application/json");
    response.end(wait === null ? '{"code":"PGRST202","message":"no such function"}' : String(wait));
  });
});

vi.mock("./env.server.ts", async (original) => ({
  ...(await original<typeof EnvModule>()),
  getEnv: () =>
    testEnv({
      SUPABASE_URL: `http://127.0.0.1:${(database.address() as AddressInfo).port}`,
      LOG_LEVEL: "silent",
    }),
}));

beforeEach(() => new Promise<void>((resolve) => database.listen(0, "127.0.0.1", resolve)));
afterEach(async () => {
  calls.length = 0;
  waits.clear();
  database.closeAllConnections();
  await new Promise((resolve) => database.close(resolve));
});

const tries = [
  { limit: { bucket: "by_address", max: 20, windowSeconds: 900 }, subject: "203.0.113.9" },
  { limit: { bucket: "by_email", max: 5, windowSeconds: 900 }, subject: "Ana@Example.com" },
];

describe("limiting tries", () => {
  it("counts against every subject, under the service key, without naming anybody", async () => {
    expect(await limitTries(tries)).toBe(0);
    expect(calls.map(({ name, key }) => [name, key])).toEqual([
      ["take_rate_limit", "sb_secret_test"],
      ["take_rate_limit", "sb_secret_test"],
    ]);
    expect(calls[1]?.body).toMatchObject({ bucket: "by_email", max_hits: 5, window_seconds: 900 });
    expect(JSON.stringify(calls)).not.toMatch(/203\.0\.113|example\.com/i);
  });

  it("waits for the slowest, and writes down what was hit", async () => {
    waits.set("by_address", 30).set("by_email", 240);
    expect(await limitTries(tries)).toBe(240);
    const events = calls.filter(({ name }) => name === "record_security_event");
    expect(events.map(({ body }) => body.kind)).toEqual(["rate_limited", "rate_limited"]);
  });

  it("lets people in when the database can't count", async () => {
    waits.set("by_address", null).set("by_email", null);
    expect(await limitTries(tries)).toBe(0);
  });
});

describe("the digest of a subject", () => {
  it("is 64 hex digits and ignores case and spaces", () => {
    expect(digestSubject(" Ana@Example.com ")).toBe(digestSubject("ana@example.com"));
    expect(digestSubject("ana@example.com")).toMatch(/^[0-9a-f]{64}$/);
    expect(digestSubject("ana@example.com")).not.toBe(digestSubject("ben@example.com"));
  });

  it("takes an IPv6 network for one subject, and not its neighbour", () => {
    const one = digestSubject("2001:db8:1:2::1");
    expect(digestSubject("2001:0db8:0001:0002:ffff:1:2:3")).toBe(one);
    expect(digestSubject("2001:db8:1:3::1")).not.toBe(one);
    expect(digestSubject("203.0.113.1")).not.toBe(digestSubject("203.0.113.2"));
  });
});
