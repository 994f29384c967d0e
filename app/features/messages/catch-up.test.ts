import { describe, expect, it, vi } from "vitest";

import { createCatchUp } from "./catch-up.ts";

/** A server that answers when told to. */
function slowServer() {
  const waiting: { resolve: (found: string) => void; reject: (error: Error) => void }[] = [];
  const read = vi.fn(
    () => new Promise<string>((resolve, reject) => void waiting.push({ resolve, reject })),
  );
  return { read, answer: (found: string) => waiting.shift()!.resolve(found), waiting };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("catching up", () => {
  it("asks once more, and only once, for signals that came while it was asking", async () => {
    const { read, answer } = slowServer();
    const take = vi.fn(() => false);
    const catchUp = createCatchUp({ read, take, onFailure: vi.fn() });

    catchUp();
    catchUp();
    catchUp();
    expect(read).toHaveBeenCalledTimes(1);

    answer("first");
    await settled();
    expect(read).toHaveBeenCalledTimes(2);

    answer("second");
    await settled();
    expect(read).toHaveBeenCalledTimes(2);
    expect(take.mock.calls).toEqual([["first"], ["second"]]);
  });

  it("goes on asking while there is more", async () => {
    const { read, answer } = slowServer();
    const catchUp = createCatchUp({ read, take: (found) => found === "more", onFailure: vi.fn() });
    catchUp();
    answer("more");
    await settled();
    answer("that is all");
    await settled();
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("gives up when it fails, and asks again at the next signal", async () => {
    const { read, waiting } = slowServer();
    const onFailure = vi.fn();
    const catchUp = createCatchUp({ read, take: () => false, onFailure });

    catchUp();
    waiting.shift()!.reject(new Error("offline"));
    await settled();
    expect(onFailure).toHaveBeenCalledTimes(1);
    expect(read).toHaveBeenCalledTimes(1);

    catchUp();
    expect(read).toHaveBeenCalledTimes(2);
  });
});
