import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { startBench, type Bench } from "./testing.ts";

let calendly: Bench;
beforeAll(async () => {
  calendly = await startBench();
});
afterAll(() => calendly.stop());
afterEach(async () => {
  expect(await calendly.violations()).toEqual([]);
});

function refresh(token: string, secret?: string) {
  return calendly.token({ grant_type: "refresh_token", refresh_token: token }, secret);
}

test("the consent page names who there is and what is asked for", async () => {
  const { status, json } = await calendly.request<string>(calendly.authorizePath(), {});
  expect(status).toBe(200);
  expect(json).toContain("Nora Whitfield (paid plan)");
  expect(json).toContain("Caleb Ruiz (free plan)");
  expect(json).toContain("webhooks:write");
});

test.each([
  ["another app", { client_id: "other" }],
  ["a redirect to another site", { redirect_uri: "https://evil.example/" }],
  ["no scope", { scope: "" }],
  ["an unknown scope", { scope: "users:read everything" }],
  ["plain PKCE", { code_challenge_method: "plain" }],
])("%s is refused before anybody is asked", async (_name, query) => {
  expect((await calendly.request(calendly.authorizePath(query), {})).status).toBe(400);
});

test("who denies is sent back with the state and no code", async () => {
  const { person } = await calendly.account();
  const target = await calendly.consent(person, "deny");
  expect(Object.fromEntries(target.searchParams)).toMatchObject({
    error: "access_denied",
    state: "a state",
  });
  expect(target.searchParams.has("code")).toBe(false);
});

test("a code is good once, for ten minutes, with its verifier", async () => {
  const { person } = await calendly.account();
  async function code(): Promise<string> {
    return (await calendly.consent(person)).searchParams.get("code") ?? "";
  }
  const first = await code();
  expect((await calendly.exchange(first)).json).toMatchObject({
    token_type: "Bearer",
    expires_in: 7200,
  });
  expect((await calendly.exchange(first)).json.error).toBe("invalid_grant");
  const wrong = await calendly.exchange(await code(), { code_verifier: "another" });
  expect(wrong.json.error).toBe("invalid_grant");

  const late = await code();
  await calendly.admin("POST", "/clock", { advanceSeconds: 601 });
  expect((await calendly.exchange(late)).json.error).toBe("invalid_grant");
  await calendly.admin("POST", "/clock", { reset: true });
});

test("a refresh token is good once and brings the next", async () => {
  const { tokens } = await calendly.account();
  const second = await refresh(tokens.refresh_token);
  expect(second.status).toBe(200);
  expect(await refresh(tokens.refresh_token)).toMatchObject({
    status: 400,
    json: { error: "invalid_grant" },
  });
  expect((await refresh(second.json.refresh_token)).status).toBe(200);
  expect((await refresh("toString")).json.error).toBe("invalid_grant");
  expect((await refresh(second.json.refresh_token, "wrong")).status).toBe(401);
});

test("eight tokens a minute, and the refused refresh token is still good", async () => {
  const strict = await startBench({ tokensPerMinute: 2 });
  const { tokens } = await strict.account();
  const ask = (token: string) =>
    strict.token({ grant_type: "refresh_token", refresh_token: token });
  const second = await ask(tokens.refresh_token);
  expect(second.status).toBe(200);
  expect((await ask(second.json.refresh_token)).status).toBe(429);
  await strict.admin("POST", "/clock", { advanceSeconds: 61 });
  expect((await ask(second.json.refresh_token)).status).toBe(200);
  await strict.stop();
});

test("a token lives two hours by the emulator's clock, has a scope, and can be revoked", async () => {
  const { call, tokens } = await calendly.account("paid", "users:read");
  expect((await call("GET", "/users/me")).status).toBe(200);
  expect((await call("GET", "/scheduled_events")).status).toBe(403);

  const introspect = async (token: string) => {
    const authorization = `Basic ${btoa("local_client:local_client_secret")}`;
    const body = new URLSearchParams({ token });
    const init = { method: "POST", body, headers: { authorization } };
    return (await calendly.request<{ active: boolean }>("/oauth/introspect", init)).json.active;
  };
  expect(await introspect(tokens.access_token)).toBe(true);
  await calendly.admin("POST", "/clock", { advanceSeconds: 7201 });
  expect((await call("GET", "/users/me")).status).toBe(401);
  await calendly.admin("POST", "/clock", { reset: true });

  const body = new URLSearchParams({ token: tokens.refresh_token });
  const headers = { authorization: `Basic ${btoa("local_client:local_client_secret")}` };
  await calendly.request("/oauth/revoke", { method: "POST", body, headers });
  expect((await call("GET", "/users/me")).status).toBe(401);
  expect(await introspect(tokens.access_token)).toBe(false);
});
