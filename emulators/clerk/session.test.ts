import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import {
  admin,
  APP_ORIGIN,
  openBrowser,
  SECRET_KEY,
  signUp,
  startForTest,
  type Browser,
} from "./testing.ts";

let service: Service;
let browser: Browser;
let sessionId: string;

beforeAll(async () => {
  service = await startForTest();
});
beforeEach(async () => {
  await admin(service, "reset", {});
  browser = openBrowser(service);
  const { response } = await signUp(service, browser, "ada@example.com");
  sessionId = String(response.created_session_id);
});
afterAll(() => service.stop());

function tokens(by = browser, id = sessionId) {
  return by.call("POST", `/v1/client/sessions/${id}/tokens`);
}

test("a token is bare, signed by the published key, and says what Supabase needs", async () => {
  const { body } = await tokens();
  expect(Object.keys(body).sort()).toEqual(["jwt", "object"]);
  const jwt = body.jwt ?? "";
  const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", service.url));
  const { payload } = await jwtVerify(jwt, keys, { issuer: "https://clerk.app.localhost" });

  expect(payload).toMatchObject({
    azp: APP_ORIGIN,
    role: "authenticated",
    sid: sessionId,
    sub: expect.stringMatching(/^user_/) as unknown,
    sts: "active",
    v: 2,
    fva: [0, -1],
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  expect((payload.iat ?? 0) - (payload.nbf ?? 0)).toBe(10);
  expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: "RS256", typ: "JWT" });
});

test("every token is new", async () => {
  const [first, second] = await Promise.all([tokens(), tokens()]);
  expect(first.body.jwt).not.toBe(second.body.jwt);
});

test("tokens keep real time when the emulator's clock is moved", async () => {
  await admin(service, "clock", { advanceSeconds: 3600 });
  const { iat = 0 } = decodeJwt((await tokens()).body.jwt ?? "");
  expect(Math.abs(iat - Date.now() / 1000)).toBeLessThan(5);
});

test("a sign-in under a moved clock is not dated into the future", async () => {
  await admin(service, "clock", { advanceSeconds: 3600 });
  const later = openBrowser(service);
  const { response } = await signUp(service, later, "late@example.com");
  await admin(service, "clock", { reset: true });
  await later.call("POST", `/v1/client/sessions/${String(response.created_session_id)}/touch`);
  expect(Number(later.cookies.get("__client_uat"))).toBeLessThanOrEqual(Date.now() / 1000);
});

test("tests can have tokens that live shorter", async () => {
  await admin(service, "settings", { tokenLifetimeSeconds: 2 });
  const { iat = 0, exp = 0 } = decodeJwt((await tokens()).body.jwt ?? "");
  expect(exp - iat).toBe(2);
});

test("a session revoked by the site's operator gives no more tokens", async () => {
  await fetch(`${service.url}/v1/sessions/${sessionId}/revoke`, {
    method: "POST",
    headers: { authorization: `Bearer ${SECRET_KEY}` },
  });
  expect(await tokens()).toMatchObject({ status: 401, code: "authentication_invalid" });
  expect((await browser.call("GET", "/v1/client")).response.sessions).toEqual([]);
});

test("a session ends by itself after a week", async () => {
  await admin(service, "clock", { advanceSeconds: 7 * 24 * 3600 - 1 });
  expect((await tokens()).status).toBe(200);
  await admin(service, "clock", { advanceSeconds: 1 });
  expect((await tokens()).status).toBe(401);
});

test("another browser's session looks like none, and no cookie is signed out", async () => {
  const stranger = openBrowser(service);
  expect(await tokens(stranger)).toMatchObject({ status: 401, code: "signed_out" });
  await signUp(service, stranger, "eve@example.com");
  expect(await tokens(stranger)).toMatchObject({ status: 404, code: "resource_not_found" });
});

test("a forged browser cookie is no browser", async () => {
  const [head = "", , signature = ""] = (browser.cookies.get("__client") ?? "").split(".");
  const { id } = decodeJwt(browser.cookies.get("__client") ?? "");
  const claims = Buffer.from(JSON.stringify({ id, rotating_token: "guess" })).toString("base64url");
  browser.cookies.set("__client", `${head}.${claims}.${signature}`);
  expect(await tokens()).toMatchObject({ status: 401, code: "signed_out" });
});

test("signing out ends the session and keeps the browser", async () => {
  const client = browser.cookies.get("__client");
  const answer = await browser.call("DELETE", "/v1/client/sessions");
  expect(answer.response).toMatchObject({
    object: "client",
    sessions: [],
    last_active_session_id: null,
  });
  expect(browser.cookies.get("__client")).toBe(client);
  expect(browser.cookies.get("__client_uat")).toBe("0");
  expect((await tokens()).status).toBe(401);
});

test.each(["end", "remove"])("a session can be told to %s", async (action) => {
  await browser.call("POST", `/v1/client/sessions/${sessionId}/${action}`);
  expect((await tokens()).status).toBe(401);
});

test("touching a session says when it was last used", async () => {
  await admin(service, "clock", { advanceSeconds: 120 });
  const { response } = await browser.call("POST", `/v1/client/sessions/${sessionId}/touch`);
  expect(Number(response.last_active_at) - Number(response.created_at)).toBeGreaterThanOrEqual(
    120_000,
  );
});

test("an unknown browser has no client", async () => {
  const { body } = await openBrowser(service).call("GET", "/v1/client");
  expect(body).toEqual({ response: null, client: null });
});
