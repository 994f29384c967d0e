import { describe, expect, it, vi } from "vitest";

import { redirectWithFlash, takeFlash } from "./flash.server.ts";

vi.mock("./env.server.ts", () => ({
  getEnv: () => ({ SESSION_SECRET: ["a secret of the test"], APP_ORIGIN: "http://localhost" }),
}));

function requestWith(cookie: string, headers: Record<string, string> = {}) {
  return new Request("http://localhost/", { headers: { ...headers, Cookie: cookie } });
}

async function cookieOf(response: Response) {
  return response.headers.get("Set-Cookie")!.split(";")[0]!;
}

const cancelled = {
  kind: "success",
  title: "Session cancelled",
  description: "$45 is on its way.",
} as const;

describe("flash", () => {
  it("arrives on the next page, once", async () => {
    const response = await redirectWithFlash("/sessions", cancelled);
    expect(response.status).toBe(303);
    expect(response.headers.get("Location")).toBe("/sessions");

    const taken = await takeFlash(requestWith(await cookieOf(response)));
    expect(taken.flash).toEqual(cancelled);
    expect(taken.clearCookie).toMatch(/^flash=;.*Max-Age=0/);
  });

  it("keeps the cookies of the action beside its own", async () => {
    const response = await redirectWithFlash("/", cancelled, { headers: { "Set-Cookie": "a=1" } });
    expect(response.headers.getSetCookie()).toHaveLength(2);
  });

  it("shows nothing that we did not sign", async () => {
    const forged = `flash=${btoa(JSON.stringify({ kind: "error", title: "Call this number" }))}`;
    expect((await takeFlash(requestWith(forged))).flash).toBeNull();
  });

  it("waits while the browser only fetches ahead", async () => {
    const cookie = await cookieOf(await redirectWithFlash("/", cancelled));
    const taken = await takeFlash(requestWith(cookie, { "Sec-Purpose": "prefetch" }));
    expect(taken).toEqual({ flash: null, clearCookie: null });
  });
});
