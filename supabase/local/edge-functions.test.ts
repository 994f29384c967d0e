import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { startEdgeFunctions, type EdgeFunctions } from "./edge-functions.ts";
import { LOCAL_DIR } from "./paths.ts";

const ECHO = `
  import Stripe from "npm:stripe@23.1.0";
  import { greet } from "../_shared/greet.ts";
  Deno.serve(async (request) => Response.json({
    greeting: greet("echo"),
    stripe: typeof Stripe,
    method: request.method,
    path: new URL(request.url).pathname + new URL(request.url).search,
    signature: request.headers.get("stripe-signature"),
    body: await request.text(),
    pid: Deno.pid,
    env: Object.keys(Deno.env.toObject()),
  }, { status: 201 }));
`;
// Tells that it has begun, and never ends by itself.
const SLOW = `
  Deno.serve({ port: 9999 }, () => { console.log("begun"); return new Promise(() => {}); });
`;
const NOSY = `
  Deno.serve(async (request) => {
    const path = await request.text();
    return Response.json(await Deno.readTextFile(path).then(() => "read", (error) => error.name));
  });
`;

let folder: string;
let logFile: string;
let functions: EdgeFunctions;

async function writeFunction(name: string, source: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "index.ts"), source);
}

beforeAll(async () => {
  await mkdir(LOCAL_DIR, { recursive: true });
  // In the repository, because npm: imports resolve from the node_modules above.
  folder = await mkdtemp(join(LOCAL_DIR, "functions-test-"));
  logFile = join(folder, "..", `${folder.split("/").at(-1)}.log`);
  await mkdir(join(folder, "_shared"));
  await writeFile(
    join(folder, "_shared/greet.ts"),
    "export const greet = (name: string): string => `Hello, ${name}`;",
  );
  await writeFunction("echo", ECHO);
  await writeFunction("slow", SLOW);
  await writeFunction("nosy", NOSY);
  await writeFunction("broken", `throw new Error("no such luck");`);
  functions = await start({ watch: false });
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await functions?.stop();
  await rm(folder, { recursive: true, force: true });
  await rm(logFile, { force: true });
});

function start(options: { watch: boolean }): Promise<EdgeFunctions> {
  const env = { SUPABASE_URL: "http://127.0.0.1:1", STRIPE_SECRET_KEY: "sk_test_local" };
  return startEdgeFunctions({ port: 0, env, functionsDir: folder, logFile, ...options });
}

type Echo = { pid: number; env: string[] } & Record<string, string>;

async function echo(service = functions, body = "{}"): Promise<Echo> {
  const response = await fetch(`${service.url}/echo`, { method: "POST", body });
  expect(response.status).toBe(201);
  return (await response.json()) as Echo;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("calling a function", { timeout: 60_000 }, () => {
  it("starts it at the first request and passes the request on as it is", async () => {
    expect(functions.pidOf("echo")).toBeNull();
    const response = await fetch(`${functions.url}/echo/deeper?x=1`, {
      method: "PUT",
      headers: { "stripe-signature": "t=1,v1=abc" },
      body: '{ "raw":  true }',
    });
    expect(response.status).toBe(201);
    const seen = (await response.json()) as Echo;
    expect(seen).toMatchObject({
      greeting: "Hello, echo",
      stripe: "function",
      method: "PUT",
      path: "/echo/deeper?x=1",
      signature: "t=1,v1=abc",
      body: '{ "raw":  true }',
      pid: functions.pidOf("echo"),
    });
  });

  it("gives it the variables it is meant to have, and none of ours", async () => {
    vi.stubEnv("OURS_ALONE", "never seen");
    const service = await start({ watch: false });
    const { env } = await echo(service);
    await service.stop();
    expect(env).toEqual(expect.arrayContaining(["SUPABASE_URL", "STRIPE_SECRET_KEY"]));
    expect(env).not.toContain("OURS_ALONE");
    expect(env).not.toContain("HOME");
  });

  it("lets it read its own files and no others", async () => {
    const read = async (path: string) =>
      (await fetch(`${functions.url}/nosy`, { method: "POST", body: path })).text();
    expect(await read(join(folder, "_shared/greet.ts"))).toBe('"read"');
    expect(await read("/etc/passwd")).toBe('"NotCapable"');
    expect(await read(join(LOCAL_DIR, "../.env.example"))).toBe('"NotCapable"');
  });

  it("answers as the platform for what is not there and what does not start", async () => {
    for (const path of ["/missing", "/_shared", "/", "/..%2fsecrets"]) {
      const response = await fetch(functions.url + path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: "NOT_FOUND" });
    }
    const broken = await fetch(`${functions.url}/broken`);
    expect(broken.status).toBe(503);
    expect(await broken.json()).toMatchObject({ code: "BOOT_ERROR" });
    expect(await readFile(logFile, "utf8")).toContain("[broken] error: Uncaught");
  });
});

describe("when its process is killed", { timeout: 60_000 }, () => {
  it("starts another one for the next request", async () => {
    const first = await echo();
    process.kill(first.pid, "SIGKILL");
    await expect.poll(() => functions.pidOf("echo")).toBeNull();
    const second = await echo();
    expect(second.pid).not.toBe(first.pid);
    expect(functions.pidOf("echo")).toBe(second.pid);
  });

  it("answers 500 for the request it had begun, and does not repeat it", async () => {
    const answered = fetch(`${functions.url}/slow`);
    const begun = async () => (await readFile(logFile, "utf8")).match(/\[slow\] begun/g)?.length;
    await expect.poll(begun).toBe(1);

    process.kill(functions.pidOf("slow") ?? 0, "SIGKILL");
    const response = await answered;
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: "WORKER_ERROR" });
    await expect.poll(() => functions.pidOf("slow")).toBeNull();
    expect(await begun()).toBe(1);
  });

  it("survives being killed over and over while requests come in", async () => {
    let isOver = false;
    const statuses = new Set<number>();
    async function ask(): Promise<void> {
      while (!isOver) statuses.add((await fetch(`${functions.url}/echo`)).status);
    }
    const asking = [ask(), ask(), ask()];
    for (let round = 0; round < 5; round += 1) {
      await expect.poll(() => functions.pidOf("echo")).not.toBeNull();
      const killed = functions.pidOf("echo") ?? 0;
      process.kill(killed, "SIGKILL");
      // Not null: with requests coming in, the next process may be there before we look.
      await expect.poll(() => functions.pidOf("echo")).not.toBe(killed);
    }
    await expect.poll(() => functions.pidOf("echo")).not.toBeNull();
    isOver = true;
    await Promise.all(asking);
    expect([...statuses].filter((status) => status !== 201 && status !== 500)).toEqual([]);
    await echo();
  });
});

describe("its life", { timeout: 60_000 }, () => {
  it("starts anew when a file it uses changes", async () => {
    const watching = await start({ watch: true });
    try {
      expect((await echo(watching)).greeting).toBe("Hello, echo");
      await writeFile(
        join(folder, "_shared/greet.ts"),
        "export const greet = (name: string): string => `Good morning, ${name}`;",
      );
      await expect.poll(async () => (await echo(watching)).greeting).toBe("Good morning, echo");
    } finally {
      await watching.stop();
    }
  });

  it("tells other processes which process serves what", async () => {
    const { pid } = await echo(functions);
    const response = await fetch(`${functions.url}/__admin/workers`);
    expect(await response.json()).toMatchObject({ echo: pid });
  });

  it("ends with the service", async () => {
    const service = await start({ watch: false });
    const { pid } = await echo(service);
    await service.stop();
    expect(isRunning(pid)).toBe(false);
  });

  it("ends when the process that started it is killed", async () => {
    const script = `
      import { startEdgeFunctions } from ${JSON.stringify(join(import.meta.dirname, "edge-functions.ts"))};
      const service = await startEdgeFunctions({
        port: 0, env: {}, functionsDir: ${JSON.stringify(folder)}, logFile: ${JSON.stringify(logFile)},
      });
      const response = await fetch(service.url + "/echo");
      console.log((await response.json()).pid);
    `;
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once("data", (data: Buffer) => resolve(Number(data.toString())));
    });
    expect(isRunning(pid)).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  });
});
