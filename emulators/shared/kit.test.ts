import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import { adminRoutes } from "./admin.ts";
import { createClock } from "./clock.ts";
import { createFaults, type FaultInput } from "./faults.ts";
import { html, page } from "./page.ts";
import { createRequestLog } from "./request-log.ts";
import { refuseLiveSecrets, serve, type EmulatorEnv } from "./serve.ts";
import { createStore } from "./store.ts";

type State = { counted: number; extra: string[] };
const folder = mkdtempSync(join(tmpdir(), "emulator-kit-"));
const snapshotPath = join(folder, "state.json");
let service: Service;

async function startCounter(): Promise<Service> {
  const clock = createClock();
  const log = createRequestLog(clock);
  const faults = createFaults((status) => ({ message: `fault ${status}` }));
  const initial = (): State => ({ counted: 0, extra: [] });
  const store = createStore<State>({ initial, snapshotPath });

  const app = new Hono<EmulatorEnv>();
  app.use("/api/*", log.middleware, faults.middleware);
  app.post("/api/count", (context) => {
    store.state.counted += 1;
    store.changed();
    return context.json({ counted: store.state.counted });
  });
  app.route("/__admin", adminRoutes({ store, clock, faults, log }));
  return serve(app, { name: "counter", port: 0, beforeStop: store.flush });
}

beforeEach(async () => {
  rmSync(snapshotPath, { force: true });
  service = await startCounter();
});

afterEach(() => service.stop());

function count(): Promise<Response> {
  return fetch(`${service.url}/api/count`, {
    method: "POST",
    headers: { authorization: "Bearer local_secret" },
    body: "{}",
    signal: AbortSignal.timeout(500),
  });
}

function admin(path: string, body?: unknown): Promise<Response> {
  return fetch(`${service.url}/__admin/${path}`, {
    method: body === undefined ? "GET" : "POST",
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

async function state(): Promise<State> {
  return (await (await admin("state")).json()) as State;
}

describe("faults", () => {
  async function arm(fault: FaultInput): Promise<void> {
    expect((await admin("faults", fault)).status).toBe(201);
  }

  test("a status is answered in the vendor's shape and nothing happens", async () => {
    await arm({ kind: "status", status: 429, headers: { "retry-after": "7" }, times: 2 });

    const answer = await count();
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("7");
    expect(await answer.json()).toEqual({ message: "fault 429" });
    expect((await count()).status).toBe(429);
    expect((await count()).status).toBe(200);
    expect((await state()).counted).toBe(1);
  });

  test("timeout-after-commit breaks the connection, but it happened", async () => {
    await arm({ kind: "timeout-after-commit" });

    await expect(count()).rejects.toThrow("fetch failed");
    expect((await state()).counted).toBe(1);
    expect(await (await count()).json()).toEqual({ counted: 2 });
  });

  test("cut breaks the connection before anything happens", async () => {
    await arm({ kind: "cut" });

    await expect(count()).rejects.toThrow("fetch failed");
    expect((await state()).counted).toBe(0);
  });

  test("hang never answers, and does not hold up the end of the service", async () => {
    await arm({ kind: "hang", times: 2 });

    await expect(count()).rejects.toThrow("timeout");
    const hanging = count();
    const outcome = expect(hanging).rejects.toThrow();
    await service.stop();
    await outcome;
  });

  test("hang-after-commit takes effect and never answers", async () => {
    await arm({ kind: "hang-after-commit" });

    await expect(count()).rejects.toThrow("timeout");
    expect((await state()).counted).toBe(1);
  });

  test("calls may be let through first", async () => {
    await arm({ kind: "status", status: 500, after: 2 });

    const answers = [await count(), await count(), await count(), await count()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 500, 200]);
  });

  test("only the named calls are hit", async () => {
    await arm({ kind: "status", status: 500, method: "get" });
    await arm({ kind: "status", status: 500, path: "/other$" });

    expect((await count()).status).toBe(200);
  });

  test("a malformed fault is refused, not ignored", async () => {
    expect((await admin("faults", { kind: "status" })).status).toBe(400);
    expect((await admin("faults", { kind: "hang", typo: 1 })).status).toBe(400);
  });
});

describe("request log", () => {
  test("calls are listed without their credentials", async () => {
    await count();

    const { requests } = (await (await admin("requests")).json()) as { requests: unknown[] };
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: "POST",
      path: "/api/count",
      status: 200,
      body: "{}",
    });
    expect(JSON.stringify(requests)).not.toContain("local_secret");
  });

  test("violations are only noted when there are problems", () => {
    const log = createRequestLog(createClock());
    log.violate("response", "GET /things", []);
    expect(log.violations()).toEqual([]);
    log.violate("response", "GET /things", ["/name is missing"]);
    expect(log.violations()).toMatchObject([
      { direction: "response", problems: ["/name is missing"] },
    ]);
  });
});

describe("state", () => {
  test("survives a restart, and a reset", async () => {
    await count();
    await service.stop();
    service = await startCounter();
    expect((await state()).counted).toBe(1);

    await admin("reset", {});
    await service.stop();
    service = await startCounter();
    expect((await state()).counted).toBe(0);
  });

  test("a broken or older snapshot does not stop the start", async () => {
    await service.stop();
    writeFileSync(snapshotPath, '{"counted": 4');
    service = await startCounter();
    expect(await state()).toEqual({ counted: 0, extra: [] });

    await service.stop();
    writeFileSync(snapshotPath, '{"counted": 4}');
    service = await startCounter();
    expect(await state()).toEqual({ counted: 4, extra: [] });
  });
});

describe("clock", () => {
  test("runs on from where it was set, and tells about jumps", () => {
    let real = 1_000;
    const clock = createClock(() => real);
    const jumps: number[] = [];
    const remove = clock.onJump(() => jumps.push(clock.now()));

    clock.set(50_000);
    real += 5;
    expect(clock.now()).toBe(50_005);
    clock.advance(-10_000);
    expect(clock.seconds()).toBe(40);
    expect(clock.iso()).toBe("1970-01-01T00:00:40Z");
    remove();
    clock.reset();
    expect(clock.now()).toBe(1_005);
    expect(jumps).toEqual([50_000, 40_005]);
  });

  test("is moved over HTTP", async () => {
    await admin("clock", { set: "2030-01-01T00:00:00Z" });
    await admin("clock", { advanceSeconds: 3600 });
    const { now } = (await (await admin("clock")).json()) as { now: string };
    expect(now).toMatch(/^2030-01-01T01:00:0\dZ$/);
    expect((await admin("clock", { advance: 5 })).status).toBe(400);
  });
});

describe("serving", () => {
  test("a taken port is an error, not a hang", async () => {
    const port = Number(new URL(service.url).port);
    await expect(serve(new Hono(), { name: "second", port })).rejects.toThrow("EADDRINUSE");
  });

  test("live secrets are refused", () => {
    expect(() => refuseLiveSecrets({ secretKey: "sk_test_123" })).not.toThrow();
    expect(() => refuseLiveSecrets({ secretKey: "sk_live_51Habc" })).toThrow("secretKey");
  });

  test("what is inserted in a page is escaped", async () => {
    const body = html`<p>${"<script>alert(1)</script>"}</p>`;
    const text = String(await page({ title: "A & B", emulator: "Test", body }));
    expect(text).toContain("&lt;script&gt;");
    expect(text).toContain("A &amp; B");
    expect(text).not.toContain("<script");
  });
});
