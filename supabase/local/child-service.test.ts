import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { startChildService } from "./child-service.ts";

/** Answers with its pid and its secret; asked for /die, it does. */
const ENTRY = `
  import { createServer } from "node:http";
  process.once("disconnect", () => process.exit(0));
  process.once("message", ({ port, secret }) => {
    if (!secret) process.exit(1);
    const server = createServer((request, response) => {
      if (request.url === "/die") process.exit(1);
      response.end(JSON.stringify({ pid: process.pid, secret, argv: process.argv.slice(2) }));
    });
    server.listen(port, "127.0.0.1", () => process.send({ port: server.address().port }));
  });
`;

let folder: string;
let entry: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "child-service-"));
  const file = join(folder, "entry.mjs");
  await writeFile(file, ENTRY);
  entry = pathToFileURL(file).href;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

type Answer = { pid: number; secret: string; argv: string[] };

async function ask(url: string): Promise<Answer | null> {
  const response = await fetch(url).catch(() => null);
  return response && ((await response.json()) as Answer);
}

it("hands over its options and is started again on the same port when it ends", async () => {
  const complaints = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const options = { port: 0, secret: "only by message" };
  const service = await startChildService("demo", entry, options);
  const first = await ask(service.url);
  expect(first).toMatchObject({ secret: "only by message", argv: [] });

  await ask(`${service.url}/die`);
  await expect
    .poll(async () => (await ask(service.url))?.pid, { timeout: 20_000 })
    .toBeTypeOf("number");
  expect((await ask(service.url))?.pid).not.toBe(first?.pid);
  expect(complaints).toHaveBeenCalledWith("demo ended unexpectedly and is started again.\n");
  complaints.mockRestore();

  await service.stop();
  expect(await ask(service.url)).toBeNull();
}, 30_000);

it("says so when a child ends before it listens", async () => {
  await expect(startChildService("demo", entry, { port: 0 })).rejects.toThrow(
    "demo did not start.",
  );
}, 30_000);
