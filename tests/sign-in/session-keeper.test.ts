import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { createSessionKeeper } from "../../app/server/session-keeper.ts";
import { testEnv } from "../../app/server/test-env.ts";
import { admin } from "../../emulators/clerk/testing.ts";
import { agedToken, browserWith, cookiesSet, startClerk } from "./clerk-for-test.ts";

let clerk: Awaited<ReturnType<typeof startClerk>>;
let ana: Awaited<ReturnType<typeof clerk.signedIn>>;
let keep: ReturnType<typeof createSessionKeeper>;
let emailCount = 0;

beforeAll(async () => {
  clerk = await startClerk();
});
afterAll(() => clerk.service.stop());
beforeEach(async () => {
  ana = await clerk.signedIn(`ana-${(emailCount += 1)}@example.com`);
  keep = createSessionKeeper(clerk.env);
  await fetch(`${clerk.service.url}/__admin/requests`, { method: "DELETE" });
});

/** Ana's cookies, her token so many seconds from its end. */
function cookiesWith(secondsLeft: number) {
  const cookies = new Map(ana.cookies);
  const token = agedToken(ana.token, secondsLeft);
  const issuedAt = String(Math.floor(Date.now() / 1000) + secondsLeft - 60);
  for (const name of clerk.names.session) cookies.set(name, token);
  for (const name of clerk.names.clientUpdatedAt) cookies.set(name, issuedAt);
  return cookies;
}

async function callsToClerk(): Promise<string[]> {
  const { requests } = await admin<{ requests: { method: string; path: string }[] }>(
    clerk.service,
    "requests",
  );
  return requests.map(({ method, path }) => `${method} ${path}`).reverse();
}

describe("a visitor", () => {
  it("causes no call to Clerk", async () => {
    const session = await keep(browserWith(new Map([["theme", "dark"]])));
    expect(session).toEqual({
      state: "none",
      cookies: new Map([["theme", "dark"]]),
      setCookies: [],
    });
    expect(await callsToClerk()).toEqual([]);
  });

  it("who has signed out is one, although Clerk still knows the browser", async () => {
    const cookies = new Map([
      ["__client", ana.cookies.get("__client") ?? ""],
      ["__client_uat", "0"],
    ]);
    expect((await keep(browserWith(cookies))).state).toBe("none");
    expect(await callsToClerk()).toEqual([]);
  });
});

describe("a token", () => {
  it("that still lives is passed on as it is", async () => {
    const session = await keep(browserWith(ana.cookies));
    expect(session.state).toBe("fresh");
    expect(session.setCookies).toEqual([]);
    for (const name of clerk.names.session) expect(session.cookies.get(name)).toBe(ana.token);
    expect(await callsToClerk()).toEqual([]);
  });

  it("that ended an hour ago is replaced before the application sees the request", async () => {
    const session = await keep(browserWith(cookiesWith(-3600)));
    const set = cookiesSet(session.setCookies);
    expect(session.state).toBe("fresh");
    for (const name of clerk.names.session) {
      const token = session.cookies.get(name) ?? "";
      const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as {
        sid: string;
        exp: number;
      };
      expect(claims.sid).toBe(ana.sessionId);
      expect(claims.exp).toBeGreaterThan(Date.now() / 1000 + 50);
      expect(set[name]).toBe(token);
    }
    // The SDK compares these two and starts a redirect when they disagree.
    for (const name of clerk.names.clientUpdatedAt)
      expect(session.cookies.get(name)).toBe(set[name]);
  });

  it("older than the browser's last change of session is replaced too", async () => {
    const cookies = cookiesWith(40);
    for (const name of clerk.names.clientUpdatedAt) {
      cookies.set(name, String(Math.floor(Date.now() / 1000)));
    }
    const session = await keep(browserWith(cookies));
    expect(session.state).toBe("fresh");
    expect(await callsToClerk()).toHaveLength(1);
  });

  it("that the browser lost is found again", async () => {
    const cookies = new Map(ana.cookies);
    for (const name of clerk.names.session) cookies.delete(name);
    const session = await keep(browserWith(cookies));
    expect(session.state).toBe("fresh");
    expect(await callsToClerk()).toEqual([
      "GET /v1/client",
      `POST /v1/client/sessions/${ana.sessionId}/tokens`,
    ]);
  });

  it("is asked for once by requests that arrive together, and right after", async () => {
    const old = cookiesWith(-60);
    const together = await Promise.all(Array.from({ length: 12 }, () => keep(browserWith(old))));
    const after = await keep(browserWith(old));
    const tokens = [...together, after].map(({ cookies }) => cookies.get("__session"));
    expect(new Set(tokens).size).toBe(1);
    expect(await callsToClerk()).toHaveLength(1);
  });

  it("is not shared longer than it is good for", async () => {
    let now = Date.now();
    keep = createSessionKeeper(clerk.env, { now: () => now });
    const old = cookiesWith(-60);
    await keep(browserWith(old));
    now += 21_000;
    await keep(browserWith(old));
    expect(await callsToClerk()).toHaveLength(2);
  });

  it("of somebody else's session is worth nothing in this browser", async () => {
    const mallory = await clerk.signedIn(`mallory-${emailCount}@example.com`);
    const stolen = cookiesWith(-60);
    stolen.set("__client", mallory.cookies.get("__client") ?? "");
    await keep(browserWith(cookiesWith(-60)));
    const session = await keep(browserWith(stolen));
    expect(session.state).toBe("ended");
    expect(session.cookies.has("__session")).toBe(false);
  });
});

describe("a revoked session", () => {
  async function revoke() {
    const answer = await fetch(`${clerk.service.url}/v1/sessions/${ana.sessionId}/revoke`, {
      method: "POST",
      headers: { Authorization: `Bearer ${clerk.env.CLERK_SECRET_KEY}` },
    });
    expect(answer.status).toBe(200);
  }

  it("ends cleanly: cookies gone, no redirect, the device still known", async () => {
    await revoke();
    const session = await keep(browserWith(cookiesWith(-1)));
    expect(session.state).toBe("ended");
    expect([...session.cookies.keys()]).toEqual(["__client"]);
    const gone = [...clerk.names.session, ...clerk.names.clientUpdatedAt];
    expect(cookiesSet(session.setCookies)).toEqual(
      Object.fromEntries(gone.map((name) => [name, null])),
    );
  });
});

describe("when Clerk can't be asked", () => {
  const fault = (body: object) => admin(clerk.service, "faults", body);

  it("a token with seconds to live is good enough", async () => {
    await fault({ kind: "status", status: 503, path: "/tokens" });
    const cookies = cookiesWith(5);
    const session = await keep(browserWith(cookies));
    expect(session.state).toBe("fresh");
    expect(session.cookies.get("__session")).toBe(cookies.get("__session"));
    expect(session.setCookies).toEqual([]);
  });

  it.each([
    ["fails", { kind: "status", status: 500, path: "/tokens" }],
    ["limits us", { kind: "status", status: 429, path: "/tokens" }],
    ["refuses for a reason of its own", { kind: "status", status: 403, path: "/tokens" }],
    ["breaks off", { kind: "cut", path: "/tokens" }],
  ])("because it %s, nobody is signed in and nobody is signed out", async (_how, body) => {
    await fault(body);
    const session = await keep(browserWith(cookiesWith(-60)));
    expect(session.state).toBe("unavailable");
    expect(session.cookies.has("__session")).toBe(false);
    expect(session.setCookies).toEqual([]);

    // The failure is not remembered.
    expect((await keep(browserWith(cookiesWith(-60)))).state).toBe("fresh");
  });

  it("because nothing listens there, the reason is reported", async () => {
    const reasons: unknown[] = [];
    const keepAlone = createSessionKeeper(testEnv(), {
      onUnavailable: (error) => reasons.push(error),
    });
    expect((await keepAlone(browserWith(cookiesWith(-60)))).state).toBe("unavailable");
    expect(reasons).toHaveLength(1);
  });
});
