import type { LoaderFunctionArgs } from "@remix-run/node";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import type { LoadContext, SessionState } from "../server/load-context.ts";
import { testEnv } from "../server/test-env.ts";
import {
  getSessionToken,
  getViewer,
  requireOnboarded,
  requireProfile,
  requireSignedIn,
  signedOutReply,
} from "./auth.server.ts";
import type * as EnvModule from "./env.server.ts";

const clerk = vi.hoisted(() => ({ getAuth: vi.fn<() => Promise<unknown>>() }));
vi.mock("@clerk/remix/ssr.server", () => clerk);

const ana = { id: "ana", first_name: "Ana", onboarded_at: null as string | null };
const tokens: (string | undefined)[] = [];
let answer = { status: 200, body: {} as object };

const database = createServer((request, response) => {
  tokens.push(request.headers.authorization);
  response.writeHead(answer.status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(answer.body));
});

vi.mock("./env.server.ts", async (original) => ({
  ...(await original<typeof EnvModule>()),
  getEnv: () =>
    testEnv({ SUPABASE_URL: `http://127.0.0.1:${(database.address() as AddressInfo).port}` }),
}));

beforeAll(() => new Promise<void>((resolve) => database.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => database.close(resolve)));
afterEach(() => {
  tokens.length = 0;
  clerk.getAuth.mockReset();
});

function argsOf(session: SessionState, method = "GET"): LoaderFunctionArgs {
  const context: LoadContext = {
    cspNonce: "nonce",
    requestId: "request",
    clientIp: "203.0.113.7",
    method,
    session,
    embedsCalendly: false,
    logFields: {},
  };
  return { request: new Request("http://localhost:3000/messages/1?page=2"), params: {}, context };
}

/** Somebody Clerk vouches for, with a profile in the database. */
function signIn(profile: object = ana) {
  clerk.getAuth.mockResolvedValue({
    userId: "user_1",
    getToken: () => Promise.resolve("the-token"),
  });
  answer = { status: 200, body: profile };
}

async function thrownBy(attempt: Promise<unknown>): Promise<Response> {
  const thrown: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof Response)) throw new Error("no response was thrown");
  return thrown;
}

describe("a signed-in viewer", () => {
  it("is found once per request, with their own token", async () => {
    signIn();
    const args = argsOf("fresh");
    const [root, child] = await Promise.all([getViewer(args), getViewer(args)]);
    expect(root).toBe(child);
    expect(root).toMatchObject({ signedIn: true, profile: { id: "ana" } });
    expect(tokens).toEqual(["Bearer the-token"]);
    expect(clerk.getAuth).toHaveBeenCalledOnce();
    expect(args.context.logFields.profileId).toBe("ana");
  });

  it("is not mixed up with the viewer of another request", async () => {
    signIn();
    await getViewer(argsOf("fresh"));
    signIn({ ...ana, id: "ben" });
    expect(await getViewer(argsOf("fresh"))).toMatchObject({ profile: { id: "ben" } });
  });

  it("who has not said who they are is asked first, and led back", async () => {
    signIn();
    const response = await thrownBy(requireOnboarded(argsOf("fresh")));
    expect(response.headers.get("Location")).toBe(
      "/welcome?redirect_to=%2Fmessages%2F1%3Fpage%3D2",
    );
    signIn({ ...ana, onboarded_at: "2026-01-01T00:00:00Z" });
    expect(await requireOnboarded(argsOf("fresh"))).toMatchObject({ signedIn: true });
  });

  it("who was deleted while their token lives is signed out", async () => {
    signIn();
    answer = { status: 401, body: { code: "UPSGN", message: "Sign in to continue." } };
    expect(await getViewer(argsOf("fresh"))).toMatchObject({ signedIn: false, because: "ended" });
  });

  it("is an error, not a visitor, when the database fails", async () => {
    signIn();
    answer = { status: 500, body: { code: "XX000", message: "broken" } };
    await expect(getViewer(argsOf("fresh"))).rejects.toThrow(/XX000/);
  });
});

describe("a signed-out viewer", () => {
  it("is sent to sign-in and led back", async () => {
    for (const require of [requireProfile, requireSignedIn, requireOnboarded]) {
      const response = await thrownBy(require(argsOf("none")));
      expect(response.status).toBe(302);
      expect(response.headers.get("Location")).toBe(
        "/sign-in?redirect_to=%2Fmessages%2F1%3Fpage%3D2",
      );
    }
    expect(tokens).toEqual([]);
  });

  it("is not sent away while a posted form is shown again: what they typed would be lost", async () => {
    for (const require of [requireProfile, requireOnboarded]) {
      expect(await require(argsOf("ended", "POST"))).toMatchObject({ signedIn: false });
    }
  });

  it("is what a handshake of Clerk's SDK means: never a redirect", async () => {
    clerk.getAuth.mockRejectedValue(new Response(null, { status: 307 }));
    expect(await getSessionToken(argsOf("fresh"))).toBeNull();
  });

  it("gets the form back, told to sign in again", async () => {
    const viewer = await getViewer(argsOf("ended"));
    if (viewer.signedIn) throw new Error("should be signed out");
    const reply = signedOutReply(viewer, (message) => ({ message, text: "what I typed" }));
    expect(reply.init?.status).toBe(401);
    expect(reply.data.text).toBe("what I typed");
    expect(reply.data.message).toMatch(/Sign in again/);
  });
});

describe("when sign-in can't be checked", () => {
  it("a page that needs it is a 503, not a sign-in page", async () => {
    const response = await thrownBy(requireSignedIn(argsOf("unavailable")));
    expect(response.status).toBe(503);
    expect(await response.text()).toMatch(/nothing was saved/);
  });

  it("a form comes back with what was typed", async () => {
    const viewer = await getViewer(argsOf("unavailable", "POST"));
    if (viewer.signedIn) throw new Error("should be signed out");
    const reply = signedOutReply(viewer, (message) => ({ message, text: "what I typed" }));
    expect(reply.init?.status).toBe(503);
    expect(reply.data).toMatchObject({ text: "what I typed" });
    expect(reply.data.message).toMatch(/nothing was saved/);
  });
});
