import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { withLock } from "./lock.ts";
import { CACHE_DIR } from "./paths.ts";

it("lets one work at a time, also after a failure", async () => {
  const events: string[] = [];
  async function work(name: string) {
    events.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`${name} ends`);
    throw new Error(name);
  }

  const name = `test-${process.pid}`;
  await Promise.allSettled([withLock(name, () => work("one")), withLock(name, () => work("two"))]);
  const [first = ""] = events;
  const [winner, loser] = first.startsWith("one") ? ["one", "two"] : ["two", "one"];
  expect(events).toEqual([
    `${winner} begins`,
    `${winner} ends`,
    `${loser} begins`,
    `${loser} ends`,
  ]);
});

it("takes over the lock of a process that is gone", async () => {
  const { pid } = spawnSync("true");
  const name = `test-gone-${process.pid}`;
  await withLock(`${name}-folder`, () => Promise.resolve()); // makes the folder
  writeFileSync(join(CACHE_DIR, `${name}.lock`), String(pid));

  expect(await withLock(name, () => Promise.resolve("mine"))).toBe("mine");
});
