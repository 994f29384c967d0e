import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const answer = vi.fn<() => Response>();

function tokenUntil(expiresAt: number) {
  return Response.json({ data: { token: `until ${expiresAt}`, expiresAt } });
}

beforeEach(() => {
  vi.useFakeTimers({ now: 100_000 });
  vi.stubGlobal("fetch", async () => answer());
  vi.resetModules(); // the token is kept in the module
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  answer.mockReset();
});

describe("the token for live updates", () => {
  it("is asked for once, until ten seconds before its end", async () => {
    const { getRealtimeToken } = await import("./realtime-token.ts");
    answer.mockImplementationOnce(() => tokenUntil(160));
    answer.mockImplementationOnce(() => tokenUntil(210));

    expect(await getRealtimeToken()).toBe("until 160");
    vi.setSystemTime(149_000);
    expect(await getRealtimeToken()).toBe("until 160");
    vi.setSystemTime(150_000);
    expect(await getRealtimeToken()).toBe("until 210");
    expect(answer).toHaveBeenCalledTimes(2);
  });

  it("is asked for once by all who ask at the same time", async () => {
    const { getRealtimeToken } = await import("./realtime-token.ts");
    answer.mockImplementation(() => tokenUntil(160));
    expect(await Promise.all([getRealtimeToken(), getRealtimeToken()])).toEqual([
      "until 160",
      "until 160",
    ]);
    expect(answer).toHaveBeenCalledTimes(1);
  });

  it("is null for somebody who is signed out, and asked for again", async () => {
    const { getRealtimeToken } = await import("./realtime-token.ts");
    answer.mockImplementationOnce(() => new Response(null, { status: 401 }));
    answer.mockImplementationOnce(() => tokenUntil(160));

    expect(await getRealtimeToken()).toBeNull();
    expect(await getRealtimeToken()).toBe("until 160");
  });

  it("fails, rather than say signed out, when the site can't tell", async () => {
    const { getRealtimeToken } = await import("./realtime-token.ts");
    answer.mockImplementationOnce(() => new Response(null, { status: 503 }));
    await expect(getRealtimeToken()).rejects.toThrow("503");
  });
});
