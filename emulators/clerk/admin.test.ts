import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Hono } from "hono";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import { serve, type EmulatorEnv } from "../shared/serve.ts";
import type { State } from "./model.ts";
import { admin, lastCode, openBrowser, PASSWORD, signUp, startForTest } from "./testing.ts";

let service: Service;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clerk-"));
  service = await startForTest({
    snapshotPath: join(folder, "state.json"),
    keysPath: join(folder, "keys", "clerk.pem"),
  });
});
afterEach(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

function signIn(identifier: string, password = PASSWORD) {
  return openBrowser(service).call("POST", "/v1/client/sign_ins", {
    strategy: "password",
    identifier,
    password,
  });
}

async function restart(): Promise<void> {
  await service.stop();
  service = await startForTest({
    snapshotPath: join(folder, "state.json"),
    keysPath: join(folder, "keys", "clerk.pem"),
  });
}

test("hundreds of users with one password are seeded at once, and can sign in", async () => {
  const users = Array.from({ length: 500 }, (_, index) => ({
    id: `user_demo_${String(index).padStart(3, "0")}`,
    email: `demo${index}@example.com`,
    password: PASSWORD,
    first_name: "Demo",
    bypass_client_trust: true,
    created_at: "2026-01-05T09:00:00Z",
  }));
  await admin(service, "users", users);
  // One hash for all: five hundred of them would hold up the start of the stack by seconds.
  const { users: stored } = await admin<State>(service, "state");
  expect(new Set(Object.values(stored).map((user) => user.passwordHash)).size).toBe(1);

  const { status, body } = await signIn("demo499@example.com");
  expect(status).toBe(200);
  expect(body.client).toMatchObject({
    sessions: [{ user: { id: "user_demo_499", created_at: Date.parse("2026-01-05T09:00:00Z") } }],
  });
});

test("seeding twice leaves one user, with the later password", async () => {
  const user = { id: "user_demo_1", email: "ada@example.com", bypass_client_trust: true };
  await admin(service, "users", { ...user, password: PASSWORD });
  await admin(service, "users", { ...user, password: "another password" });
  const { users } = await admin<{ users: object }>(service, "state");
  expect(Object.keys(users)).toEqual(["user_demo_1"]);
  expect((await signIn("ada@example.com")).code).toBe("form_password_incorrect");
  expect((await signIn("ada@example.com", "another password")).status).toBe(200);
});

test("a malformed seed is refused", async () => {
  await expect(admin(service, "users", { email: "nobody" })).rejects.toThrow("400");
});

test("users, sessions and the signing key survive a restart", async () => {
  const browser = openBrowser(service);
  const { response } = await signUp(service, browser, "ada@example.com");
  const path = `/v1/client/sessions/${String(response.created_session_id)}/tokens`;
  const keysBefore = await (await fetch(`${service.url}/.well-known/jwks.json`)).json();

  await restart();
  const after = openBrowser(service);
  for (const [name, value] of browser.cookies) after.cookies.set(name, value);
  expect((await after.call("POST", path)).status).toBe(200);
  expect(await (await fetch(`${service.url}/.well-known/jwks.json`)).json()).toEqual(keysBefore);
});

test("no password is kept in clear text, in the list of calls neither", async () => {
  await signUp(service, openBrowser(service), "ada@example.com");
  await fetch(`${service.url}/v1/users`, {
    method: "POST",
    body: JSON.stringify({ email_address: ["bob@example.com"], password: PASSWORD }),
  });
  const kept = JSON.stringify([await admin(service, "state"), await admin(service, "requests")]);
  expect(kept).toContain("bob@example.com");
  expect(kept).not.toContain(PASSWORD);
  expect(kept).not.toContain(new URLSearchParams({ password: PASSWORD }).toString());
});

test("codes are mailed in Resend's shape", async () => {
  const mails: { authorization: string | undefined; mail: unknown }[] = [];
  const app = new Hono<EmulatorEnv>();
  app.post("/emails", async (context) => {
    mails.push({
      authorization: context.req.header("authorization"),
      mail: await context.req.json(),
    });
    return context.json({ id: "mail_1" });
  });
  const mail = await serve(app, { name: "mail", port: 0 });
  const mailing = await startForTest({ mailUrl: mail.url, mailApiKey: "re_local_test" });

  await signUp(mailing, openBrowser(mailing), "ada@example.com");
  const code = await lastCode(mailing, "ada@example.com");
  expect(mails).toEqual([
    {
      authorization: "Bearer re_local_test",
      mail: expect.objectContaining({
        to: ["ada@example.com"],
        subject: expect.stringContaining(code) as unknown,
        text: expect.stringContaining(code) as unknown,
        html: expect.stringContaining(code) as unknown,
      }),
    },
  ]);
  await mailing.stop();
  await mail.stop();
});

test("a mail service that is down does not stop a sign-up", async () => {
  const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const mailing = await startForTest({ mailUrl: "http://127.0.0.1:1" });
  const done = await signUp(mailing, openBrowser(mailing), "ada@example.com");
  expect(done.response.status).toBe("complete");
  expect(complaint).toHaveBeenCalledOnce();
  complaint.mockRestore();
  await mailing.stop();
});

test("the console shows who is there, escaped, and revokes", async () => {
  await admin(service, "users", { email: "eve@example.com", first_name: "<script>Eve" });
  const browser = openBrowser(service);
  const { response } = await signUp(service, browser, "ada@example.com");
  const sessionId = String(response.created_session_id);

  const page = await (await fetch(service.url)).text();
  expect(page).toContain("ada@example.com");
  expect(page).toContain(await lastCode(service, "ada@example.com"));
  expect(page).toContain("&lt;script&gt;Eve");
  expect(page).not.toContain("<script>");

  await fetch(`${service.url}/console/sessions/${sessionId}/revoke`, { method: "POST" });
  expect((await browser.call("POST", `/v1/client/sessions/${sessionId}/tokens`)).status).toBe(401);
});

test("openid-configuration points to the keys", async () => {
  const configuration = await (
    await fetch(`${service.url}/.well-known/openid-configuration`)
  ).json();
  expect(configuration).toMatchObject({
    issuer: "https://clerk.app.localhost",
    jwks_uri: `${service.url}/.well-known/jwks.json`,
  });
});
