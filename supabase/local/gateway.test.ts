import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

import { startGateway } from "./gateway.ts";
import { createJwtSecret } from "./keys.ts";
import type { Service } from "./service.ts";

const PUBLISHABLE_KEY = "sb_publishable_test";
const SECRET_KEY = "sb_secret_test";
const ISSUER = "https://clerk.test";
const jwtSecret = createJwtSecret();

type Seen = { method: string; url: string; headers: IncomingHttpHeaders; body: string };

/** Everything behind the gateway: it tells what reached it, and publishes the provider's keys. */
let upstream: Server;
let gateway: Service;
let signingKey: CryptoKey;
let foreignKey: CryptoKey;
let now = new Date();
let keyRequests = 0;

beforeAll(async () => {
  const keys = await generateKeyPair("RS256");
  signingKey = keys.privateKey;
  foreignKey = (await generateKeyPair("RS256")).privateKey;
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "key-1", alg: "RS256", use: "sig" };

  upstream = createServer((request, response) => {
    if (request.url === "/jwks") {
      keyRequests += 1;
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] }));
      return;
    }
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const seen: Seen = { method, url, headers, body };
      response.writeHead(url.includes("teapot") ? 418 : 200, { "x-upstream": "yes" });
      response.end(JSON.stringify(seen));
    });
  });
  const sockets = new WebSocketServer({ server: upstream });
  sockets.on("connection", (socket, request) => {
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.send(request.url ?? "");
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;

  gateway = await startGateway({
    port: 0,
    dataApiUrl: upstreamUrl,
    functionsUrl: upstreamUrl,
    realtimeUrl: upstreamUrl,
    storageUrl: upstreamUrl,
    publishableKey: PUBLISHABLE_KEY,
    secretKey: SECRET_KEY,
    jwksUrl: `${upstreamUrl}/jwks`,
    issuer: ISSUER,
    jwtSecret,
    functionsConfig: { "open-door": { verify_jwt: false } },
    now: () => now,
  });
});

afterAll(async () => {
  await gateway?.stop();
  upstream?.closeAllConnections();
  await new Promise((resolve) => upstream?.close(resolve));
});

type TokenChanges = {
  claims?: JWTPayload;
  issuer?: string;
  key?: CryptoKey;
  kid?: string;
  life?: number;
};

function clerkToken(changes: TokenChanges = {}): Promise<string> {
  const { claims = {}, issuer = ISSUER, key = signingKey, kid = "key-1", life = 60 } = changes;
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ sub: "user_sela", role: "authenticated", ...claims })
    .setProtectedHeader({ alg: "RS256", kid })
    .setIssuer(issuer)
    .setIssuedAt(seconds)
    .setNotBefore(seconds - 10)
    .setExpirationTime(seconds + life)
    .sign(key);
}

function ask(path: string, headers: Record<string, string> = {}, init: RequestInit = {}) {
  return fetch(`${gateway.url}${path}`, { ...init, headers });
}

/** The claims with which a request reaches the Data API. */
async function claimsBehind(headers: Record<string, string>): Promise<JWTPayload> {
  const response = await ask("/rest/v1/jars", headers);
  expect(response.status).toBe(200);
  const seen = (await response.json()) as Seen;
  expect(seen.headers.apikey).toBeUndefined();
  const token = String(seen.headers.authorization).replace("Bearer ", "");
  const { payload } = await jwtVerify(token, new TextEncoder().encode(jwtSecret), {
    algorithms: ["HS256"],
    currentDate: now,
  });
  return payload;
}

describe("who a request is from", () => {
  it("refuses a request without a key, or with one of another project", async () => {
    const without = await ask("/rest/v1/jars", { authorization: `Bearer ${await clerkToken()}` });
    expect(without.status).toBe(401);
    expect(await without.json()).toMatchObject({ message: "No API key found in request" });

    const unknown = await ask("/rest/v1/jars", { apikey: "sb_secret_other" });
    expect(unknown.status).toBe(401);
    expect(await unknown.json()).toMatchObject({ message: "Invalid API key" });
  });

  it.each([
    ["the publishable key alone", { apikey: PUBLISHABLE_KEY }, "anon"],
    ["it twice", { apikey: PUBLISHABLE_KEY, authorization: `Bearer ${PUBLISHABLE_KEY}` }, "anon"],
    ["the secret key alone", { apikey: SECRET_KEY }, "service_role"],
    ["it twice", { apikey: SECRET_KEY, authorization: `Bearer ${SECRET_KEY}` }, "service_role"],
  ])("%s means the key's role", async (_, headers, role) => {
    expect(await claimsBehind(headers)).toEqual({ role });
  });

  it("passes a good token's claims on under its own signature", async () => {
    const token = await clerkToken({ claims: { sid: "sess_1" } });
    const claims = await claimsBehind({
      apikey: PUBLISHABLE_KEY,
      authorization: `Bearer ${token}`,
    });
    expect(claims).toMatchObject({
      iss: ISSUER,
      sub: "user_sela",
      sid: "sess_1",
      role: "authenticated",
    });
  });

  it("takes a token without a role as a visitor's", async () => {
    const token = await clerkToken({ claims: { role: undefined } });
    const claims = await claimsBehind({
      apikey: PUBLISHABLE_KEY,
      authorization: `Bearer ${token}`,
    });
    expect(claims.role).toBe("anon");
  });

  it.each<[string, () => Promise<string>, string]>([
    ["an expired token", () => clerkToken({ life: -1 }), "PGRST303"],
    [
      "a token of the future",
      () => clerkToken({ claims: {}, life: 60 }).then(laterToken),
      "PGRST303",
    ],
    ["another issuer's token", () => clerkToken({ issuer: "https://other.test" }), "PGRST303"],
    ["a token of a key that is not published", () => clerkToken({ kid: "key-2" }), "PGRST301"],
    ["a token signed with another key", () => clerkToken({ key: foreignKey }), "PGRST301"],
    ["a token of our own making", () => selfMadeToken(), "PGRST301"],
    ["no token at all", () => Promise.resolve("hello"), "PGRST301"],
  ])("refuses %s", async (_, make, code) => {
    const response = await ask("/rest/v1/jars", {
      apikey: PUBLISHABLE_KEY,
      authorization: `Bearer ${await make()}`,
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code, message: expect.any(String) as string });
  });

  it("verifies a token once, and forgets it the moment it expires", async () => {
    const headers = { apikey: PUBLISHABLE_KEY, authorization: `Bearer ${await clerkToken()}` };
    await claimsBehind(headers);
    const before = keyRequests;
    await claimsBehind(headers);
    expect(keyRequests).toBe(before);

    now = new Date(now.getTime() + 61_000);
    const response = await ask("/rest/v1/jars", headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: "PGRST303", message: "JWT expired" });
  });

  it("refuses the secret key from a browser", async () => {
    const response = await ask("/rest/v1/jars", {
      apikey: SECRET_KEY,
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64)",
    });
    expect(response.status).toBe(401);
  });
});

/** HS256 with the internal secret: good for the Data API, never at the front door. */
function selfMadeToken(): Promise<string> {
  return new SignJWT({ role: "service_role", iss: ISSUER })
    .setProtectedHeader({ alg: "HS256", kid: "key-1" })
    .setExpirationTime("60s")
    .sign(new TextEncoder().encode(jwtSecret));
}

function laterToken(): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ sub: "user_sela", role: "authenticated" })
    .setProtectedHeader({ alg: "RS256", kid: "key-1" })
    .setIssuer(ISSUER)
    .setNotBefore(seconds + 30)
    .setExpirationTime(seconds + 60)
    .sign(signingKey);
}

describe("what it passes on", () => {
  it("keeps method, query, body, status and headers", async () => {
    const response = await ask(
      "/rest/v1/teapot?select=*,a(b)&or=(x.eq.%22a%2Cb%22)&apikey=sb_publishable_test",
      { prefer: "return=minimal", "content-type": "application/json" },
      { method: "PATCH", body: '{"a":1}' },
    );
    expect(response.status).toBe(418);
    expect(response.headers.get("x-upstream")).toBe("yes");
    const seen = (await response.json()) as Seen;
    const url = new URL(seen.url, "http://upstream");
    expect(seen).toMatchObject({ method: "PATCH", body: '{"a":1}' });
    expect(seen.headers.prefer).toBe("return=minimal");
    expect(Object.fromEntries(url.searchParams)).toEqual({ select: "*,a(b)", or: '(x.eq."a,b")' });
  });

  it("lets any site ask the Data API", async () => {
    const preflight = await ask(
      "/rest/v1/jars",
      {
        origin: "http://localhost:3000",
        "access-control-request-method": "POST",
        "access-control-request-headers": "apikey,authorization,content-profile",
      },
      { method: "OPTIONS" },
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");

    const refused = await ask("/rest/v1/jars", { origin: "http://localhost:3000" });
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("opens a function without verify_jwt to everybody, others only to good tokens", async () => {
    const hook = await ask(
      "/functions/v1/open-door/sub?x=1",
      { "svix-id": "msg_1" },
      { method: "POST", body: "raw" },
    );
    expect(await hook.json()).toMatchObject({ url: "/open-door/sub?x=1", body: "raw" });

    expect((await ask("/functions/v1/closed")).status).toBe(401);
    const withKey = await ask("/functions/v1/closed", { authorization: `Bearer ${SECRET_KEY}` });
    expect(await withKey.json()).toMatchObject({ message: "Invalid JWT" });
    const expired = await clerkToken({ life: -1 });
    expect((await ask("/functions/v1/closed", { authorization: `Bearer ${expired}` })).status).toBe(
      401,
    );

    const token = await clerkToken();
    const called = await ask("/functions/v1/closed", { authorization: `Bearer ${token}` });
    expect(await called.json()).toMatchObject({
      url: "/closed",
      headers: { authorization: `Bearer ${token}` },
    });
  });

  it("carries WebSockets to Realtime and nowhere else", async () => {
    const messages: string[] = [];
    const url = `${gateway.url.replace("http", "ws")}/realtime/v1/websocket?apikey=${PUBLISHABLE_KEY}`;
    const socket = new WebSocket(url);
    await new Promise<void>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("message", (data: Buffer) => {
        messages.push(data.toString());
        if (messages.length === 1) socket.send("hello");
        else resolve();
      });
    });
    socket.close();
    expect(messages).toEqual([`/realtime/v1/websocket?apikey=${PUBLISHABLE_KEY}`, "hello"]);

    const elsewhere = new WebSocket(`${gateway.url.replace("http", "ws")}/rest/v1/websocket`);
    const failure = await new Promise<Error>((resolve) => elsewhere.on("error", resolve));
    expect(failure.message).toContain("404");
  });

  it("asks no key of whoever has a signed address, and only there", async () => {
    const opened = await ask("/storage/v1/object/sign/jars/plum.jpg?token=abc");
    expect(await opened.json()).toMatchObject({ url: "/object/sign/jars/plum.jpg?token=abc" });

    expect((await ask("/storage/v1/object/sign/jars", {}, { method: "POST" })).status).toBe(401);
    expect((await ask("/storage/v1/object/jars/plum.jpg")).status).toBe(401);
    // No detour through a signed address's path.
    expect((await ask("/storage/v1/object/sign/../jars/plum.jpg")).status).toBe(401);
  });

  it("refuses a token to Storage in Storage's words", async () => {
    const authorization = `Bearer ${await clerkToken({ key: foreignKey })}`;
    const refused = await ask("/storage/v1/object/jars/plum.jpg", {
      apikey: PUBLISHABLE_KEY,
      authorization,
    });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ statusCode: "403", error: "Unauthorized" });
  });

  it("says what is not there", async () => {
    expect((await ask("/auth/v1/user", { apikey: SECRET_KEY })).status).toBe(404);
  });
});
