import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import {
  admin,
  lastCode,
  openBrowser,
  PASSWORD,
  signUp,
  startForTest,
  wrong,
  type Browser,
} from "./testing.ts";

const EMAIL = "ada@example.com";
let service: Service;
let browser: Browser;

beforeAll(async () => {
  service = await startForTest();
});
beforeEach(async () => {
  await admin(service, "reset", {});
  browser = openBrowser(service);
});
afterAll(() => service.stop());

function start(fields: Record<string, string>, by = browser) {
  return by.call("POST", "/v1/client/sign_ups", fields);
}

function attempt(id: unknown, code: string, by = browser) {
  const path = `/v1/client/sign_ups/${String(id)}/attempt_verification`;
  return by.call("POST", path, { strategy: "email_code", code });
}

async function startAndPrepare() {
  const { response } = await start({ email_address: EMAIL, password: PASSWORD });
  await prepare(response.id);
  return response;
}

function prepare(id: unknown) {
  const path = `/v1/client/sign_ups/${String(id)}/prepare_verification`;
  return browser.call("POST", path, { strategy: "email_code" });
}

test("a proved address makes the account and signs in", async () => {
  const begun = await start({ email_address: "Ada@Example.com", password: PASSWORD });
  expect(begun.response).toMatchObject({
    status: "missing_requirements",
    missing_fields: [],
    unverified_fields: ["email_address"],
    email_address: EMAIL,
  });
  await prepare(begun.response.id);
  const done = await attempt(begun.response.id, await lastCode(service, EMAIL));

  expect(done.response).toMatchObject({
    status: "complete",
    created_session_id: expect.stringMatching(/^sess_/) as unknown,
    created_user_id: expect.stringMatching(/^user_/) as unknown,
  });
  expect(done.body.client).toMatchObject({
    sessions: [
      {
        id: done.response.created_session_id,
        status: "active",
        last_active_token: { jwt: expect.stringContaining(".") as unknown },
      },
    ],
    last_active_session_id: done.response.created_session_id,
    sign_up: null,
  });
});

test("cookies are those of Clerk, for Clerk's domain", async () => {
  const begun = await start({ email_address: EMAIL, password: PASSWORD });
  const lines = begun.headers.getSetCookie();
  expect(lines.find((line) => line.startsWith("__client="))).toMatch(
    /Domain=app\.localhost; Path=\/; HttpOnly; Secure; SameSite=Lax/,
  );
  expect(browser.cookies.get("__client_uat")).toBe("0");

  await prepare(begun.response.id);
  await attempt(begun.response.id, await lastCode(service, EMAIL));
  const seconds = Number(browser.cookies.get("__client_uat"));
  expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(5);
});

test.each([
  [{ email_address: "ada", password: PASSWORD }, "form_param_format_invalid", "email_address"],
  [{ email_address: EMAIL, password: "short" }, "form_password_length_too_short", "password"],
  [{ email_address: EMAIL, password: "x".repeat(73) }, "form_password_length_too_long", "password"],
  [{ email_address: EMAIL, password: "Password123" }, "form_password_pwned", "password"],
  [{ email_address: EMAIL, favourite: "tea" }, "form_param_unknown", "favourite"],
])("refuses %o", async (fields, code, field) => {
  const answer = await start(fields);
  expect(answer).toMatchObject({ status: 422, code });
  expect(answer.body.errors?.[0]?.meta).toEqual({ param_name: field });
  expect(browser.cookies.size).toBe(0);
});

test("an address can be taken once, whatever its case", async () => {
  await signUp(service, browser, EMAIL);
  const second = await start(
    { email_address: "ADA@example.com", password: PASSWORD },
    openBrowser(service),
  );
  expect(second).toMatchObject({ status: 422, code: "form_identifier_exists" });
});

test("of two people with one address, the first to prove it wins", async () => {
  const { id } = await startAndPrepare();
  const code = await lastCode(service, EMAIL);
  await signUp(service, openBrowser(service), EMAIL);
  expect(await attempt(id, code)).toMatchObject({ status: 400, code: "identification_claimed" });
});

test("what is missing can be added later", async () => {
  const { response } = await start({ email_address: EMAIL });
  expect(response.missing_fields).toEqual(["password"]);
  const path = `/v1/client/sign_ups/${String(response.id)}`;
  expect((await browser.call("GET", path)).response.missing_fields).toEqual(["password"]);
  const patched = await browser.call("PATCH", path, { password: PASSWORD, first_name: "Ada" });
  expect(patched.response).toMatchObject({ missing_fields: [], first_name: "Ada" });
});

test("a wrong code is refused, the right one still works", async () => {
  const { id } = await startAndPrepare();
  const code = await lastCode(service, EMAIL);
  const refused = await attempt(id, wrong(code));
  expect(refused).toMatchObject({ status: 422, code: "form_code_incorrect" });
  expect(refused.body.errors?.[0]).toMatchObject({
    message: "is incorrect",
    long_message: "Incorrect code",
    meta: { param_name: "code" },
  });
  expect((await attempt(id, code)).response.status).toBe("complete");
});

test("after three wrong codes only a new one helps", async () => {
  const { id } = await startAndPrepare();
  const code = await lastCode(service, EMAIL);
  for (let count = 0; count < 3; count += 1) await attempt(id, wrong(code));
  expect(await attempt(id, code)).toMatchObject({ status: 400, code: "verification_failed" });

  await prepare(id);
  const fresh = await lastCode(service, EMAIL);
  expect((await attempt(id, fresh)).response.status).toBe("complete");
});

test("a code is good for ten minutes", async () => {
  const { id } = await startAndPrepare();
  await admin(service, "clock", { advanceSeconds: 600 });
  const late = await attempt(id, await lastCode(service, EMAIL));
  expect(late).toMatchObject({ status: 400, code: "verification_expired" });
});

test("a code of another browser's sign-up is unknown", async () => {
  const { id } = await startAndPrepare();
  const stranger = openBrowser(service);
  await start({ email_address: "eve@example.com", password: PASSWORD }, stranger);
  const answer = await attempt(id, await lastCode(service, EMAIL), stranger);
  expect(answer).toMatchObject({ status: 404, code: "resource_not_found" });
});

test("who is signed in can't sign up again", async () => {
  await signUp(service, browser, EMAIL);
  const again = await start({ email_address: "b@example.com", password: PASSWORD });
  expect(again).toMatchObject({ status: 400, code: "session_exists" });
});
