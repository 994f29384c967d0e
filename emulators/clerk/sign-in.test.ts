import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import {
  admin,
  lastCode,
  openBrowser,
  PASSWORD,
  startForTest,
  wrong,
  type Browser,
} from "./testing.ts";

const EMAIL = "ada@example.com";
const NEW_PASSWORD = "a better battery";
let service: Service;
let browser: Browser;

beforeAll(async () => {
  service = await startForTest();
});
beforeEach(async () => {
  await admin(service, "reset", {});
  await admin(service, "users", { id: "user_ada", email: EMAIL, password: PASSWORD });
  browser = openBrowser(service);
});
afterAll(() => service.stop());

function signIn(password = PASSWORD, by = browser, identifier = EMAIL) {
  return by.call("POST", "/v1/client/sign_ins", { strategy: "password", identifier, password });
}

function step(id: unknown, action: string, fields: Record<string, string>) {
  return browser.call("POST", `/v1/client/sign_ins/${String(id)}/${action}`, fields);
}

/** Signs in on a new device, with the code that it asks for. */
async function signInWithCode() {
  const { response } = await signIn();
  await step(response.id, "prepare_second_factor", { strategy: "email_code" });
  const code = await lastCode(service, EMAIL);
  return step(response.id, "attempt_second_factor", { strategy: "email_code", code });
}

async function askForReset() {
  const { response } = await browser.call("POST", "/v1/client/sign_ins", {
    strategy: "reset_password_email_code",
    identifier: EMAIL,
  });
  return response.id;
}

test("a new device needs an e-mailed code, then never again", async () => {
  const begun = await signIn();
  expect(begun.response).toMatchObject({
    status: "needs_client_trust",
    created_session_id: null,
    supported_second_factors: [{ strategy: "email_code", safe_identifier: "a**@example.com" }],
  });
  const [factor] = begun.response.supported_second_factors as { email_address_id: string }[];
  await step(begun.response.id, "prepare_second_factor", {
    strategy: "email_code",
    email_address_id: factor?.email_address_id ?? "",
  });
  const code = await lastCode(service, EMAIL);
  const done = await step(begun.response.id, "attempt_second_factor", {
    strategy: "email_code",
    code,
  });
  expect(done.response).toMatchObject({
    status: "complete",
    created_session_id: expect.stringMatching(/^sess_/) as unknown,
  });

  const device = browser.cookies.get("__client");
  await browser.call("DELETE", "/v1/client/sessions");
  expect(browser.cookies.get("__client")).toBe(device); // signing out keeps the device known
  expect((await signIn()).response.status).toBe("complete");
  expect((await signIn(PASSWORD, openBrowser(service))).response.status).toBe("needs_client_trust");
});

test("forgetting the browser forgets its trust", async () => {
  await signInWithCode();
  await browser.call("DELETE", "/v1/client");
  expect(browser.cookies.has("__client")).toBe(false);
  expect((await signIn()).response.status).toBe("needs_client_trust");
});

test("a device is trusted with one person only", async () => {
  await admin(service, "users", { email: "bob@example.com", password: PASSWORD });
  await signInWithCode();
  await browser.call("DELETE", "/v1/client/sessions");
  const other = await signIn(PASSWORD, browser, "bob@example.com");
  expect(other.response.status).toBe("needs_client_trust");
});

test("without Device Trust, or for users spared from it, a password is enough", async () => {
  await admin(service, "settings", { deviceTrust: false });
  expect((await signIn()).response.status).toBe("complete");

  await admin(service, "settings", { deviceTrust: true });
  await admin(service, "users", {
    email: "demo@example.com",
    password: PASSWORD,
    bypass_client_trust: true,
  });
  const spared = await signIn(PASSWORD, openBrowser(service), "demo@example.com");
  expect(spared.response.status).toBe("complete");
});

test("a wrong password and an unknown address are refused, and leave no cookie", async () => {
  const wrongPassword = await signIn("wrong password");
  expect(wrongPassword).toMatchObject({ status: 422, code: "form_password_incorrect" });
  expect(wrongPassword.body.errors?.[0]?.meta).toEqual({ param_name: "password" });
  expect(wrongPassword.body).toHaveProperty("clerk_trace_id");

  const unknown = await signIn(PASSWORD, browser, "nobody@example.com");
  expect(unknown).toMatchObject({ status: 422, code: "form_identifier_not_found" });
  expect(browser.cookies.size).toBe(0);
});

test("the tenth wrong password locks the account for an hour, for the right one too", async () => {
  for (let count = 1; count < 10; count += 1) {
    expect((await signIn("wrong password")).code).toBe("form_password_incorrect");
  }
  const locked = await signIn("wrong password");
  expect(locked).toMatchObject({ status: 403, code: "user_locked" });
  expect(locked.body.errors?.[0]?.meta).toEqual({ lockout_expires_in_seconds: 3600 });

  await admin(service, "clock", { advanceSeconds: 3599 });
  expect((await signIn()).code).toBe("user_locked");
  await admin(service, "clock", { advanceSeconds: 1 });
  expect((await signIn("wrong password")).code).toBe("form_password_incorrect"); // not locked again at once
  expect((await signIn()).response.status).toBe("needs_client_trust");
});

test("wrong codes count towards the lock", async () => {
  await admin(service, "settings", { maximumFailedAttempts: 2 });
  const { response } = await signIn();
  await step(response.id, "prepare_second_factor", { strategy: "email_code" });
  const bad = { strategy: "email_code", code: wrong(await lastCode(service, EMAIL)) };
  expect((await step(response.id, "attempt_second_factor", bad)).code).toBe("form_code_incorrect");
  expect((await step(response.id, "attempt_second_factor", bad)).code).toBe("user_locked");
});

test("a code of Device Trust can be wrong, old or missing", async () => {
  const { response } = await signIn();
  const send = (code: string) =>
    step(response.id, "attempt_second_factor", { strategy: "email_code", code });

  expect(await send("123456")).toMatchObject({ status: 400, code: "verification_missing" });
  await step(response.id, "prepare_second_factor", { strategy: "email_code" });
  const code = await lastCode(service, EMAIL);
  expect(await send(wrong(code))).toMatchObject({ status: 422, code: "form_code_incorrect" });
  await admin(service, "clock", { advanceSeconds: 601 });
  expect(await send(code)).toMatchObject({ status: 400, code: "verification_expired" });
});

test("a forgotten password is replaced with a mailed code, and other devices are signed out", async () => {
  const elsewhere = openBrowser(service);
  await admin(service, "settings", { deviceTrust: false });
  await signIn(PASSWORD, elsewhere);

  const id = await askForReset();
  const code = await lastCode(service, EMAIL);
  const proved = await step(id, "attempt_first_factor", {
    strategy: "reset_password_email_code",
    code,
  });
  expect(proved.response).toMatchObject({ status: "needs_new_password", created_session_id: null });
  expect((await step(id, "reset_password", { password: "short" })).code).toBe(
    "form_password_length_too_short",
  );
  const done = await step(id, "reset_password", {
    password: NEW_PASSWORD,
    sign_out_of_other_sessions: "true",
  });
  expect(done.response.status).toBe("complete");

  expect((await elsewhere.call("GET", "/v1/client")).response.sessions).toEqual([]);
  expect((await signIn(PASSWORD, openBrowser(service))).code).toBe("form_password_incorrect");
  expect((await signIn(NEW_PASSWORD, openBrowser(service))).response.status).toBe("complete");
});

test("a new password can come with the code, and a bad one does not use the code up", async () => {
  const id = await askForReset();
  const code = await lastCode(service, EMAIL);
  const strategy = "reset_password_email_code";
  const weak = await step(id, "attempt_first_factor", { strategy, code, password: "short" });
  expect(weak.code).toBe("form_password_length_too_short");
  const done = await step(id, "attempt_first_factor", { strategy, code, password: NEW_PASSWORD });
  expect(done.response.status).toBe("complete");
});

test("no password is set before the code is proved", async () => {
  const id = await askForReset();
  const answer = await step(id, "reset_password", { password: NEW_PASSWORD });
  expect(answer).toMatchObject({ status: 400, code: "client_state_invalid" });
});

test("an address alone tells the ways to sign in, and a mailed code is one", async () => {
  const begun = await browser.call("POST", "/v1/client/sign_ins", { identifier: EMAIL });
  expect(begun.response.status).toBe("needs_first_factor");
  const factors = begun.response.supported_first_factors as { strategy: string }[];
  expect(factors.map(({ strategy }) => strategy)).toEqual([
    "password",
    "email_code",
    "reset_password_email_code",
  ]);

  await step(begun.response.id, "prepare_first_factor", { strategy: "email_code" });
  const code = await lastCode(service, EMAIL);
  const done = await step(begun.response.id, "attempt_first_factor", {
    strategy: "email_code",
    code,
  });
  expect(done.response.status).toBe("complete");
});

test("an older sign-in of the same browser is closed", async () => {
  const first = await signIn();
  await signIn();
  const answer = await step(first.response.id, "prepare_second_factor", { strategy: "email_code" });
  expect(answer).toMatchObject({ status: 403, code: "resource_forbidden" });
});

test("who is signed in can't sign in again", async () => {
  await signInWithCode();
  expect(await signIn()).toMatchObject({ status: 400, code: "session_exists" });
});
