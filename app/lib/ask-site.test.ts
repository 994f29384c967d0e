import { afterEach, expect, it, vi } from "vitest";

import { askSite } from "./ask-site.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("gives up on an answer that does not come", async () => {
  const late = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(late.signal);
  vi.stubGlobal("fetch", (_path: string, init?: RequestInit) => {
    return new Promise((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new Error("gave up")));
    });
  });
  const asked = askSite("/resources/anything");
  late.abort();
  await expect(asked).rejects.toThrow("gave up");
});
