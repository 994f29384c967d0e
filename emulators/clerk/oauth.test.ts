import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import { admin, APP_ORIGIN, openBrowser, PASSWORD, startForTest, type Browser } from "./testing.ts";

const RETURN_URL = `${APP_ORIGIN}/sign-in/google`;
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

/** Starts with Google and gives the address of the consent page. */
async function start(kind: "sign_ins" | "sign_ups", redirectUrl = RETURN_URL) {
  const { response } = await browser.call("POST", `/v1/client/${kind}`, {
    strategy: "oauth_google",
    redirect_url: redirectUrl,
  });
  const verifications = response.verifications as { external_account?: unknown } | undefined;
  const verification = (response.first_factor_verification ?? verifications?.external_account) as {
    external_verification_redirect_url: string;
  };
  return new URL(verification.external_verification_redirect_url);
}

function consent(page: URL, fields: Record<string, string>) {
  return fetch(new URL("/oauth/google", page), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ attempt: page.searchParams.get("attempt") ?? "", ...fields }),
  });
}

async function client() {
  return (await browser.call("GET", "/v1/client")).response;
}

test("a known address signs in, without a code", async () => {
  await admin(service, "users", { id: "user_ada", email: "ada@example.com", password: PASSWORD });
  const page = await start("sign_ins");
  expect(await (await fetch(page)).text()).toContain("Sign in with Google");

  const answer = await consent(page, { email: "ada@example.com", decision: "allow" });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(RETURN_URL);
  expect(await client()).toMatchObject({ sessions: [{ user: { id: "user_ada" } }] });
});

test("a new address signs up", async () => {
  const page = await start("sign_ups");
  await consent(page, {
    email: "gina@example.com",
    first_name: "Gina",
    last_name: "G",
    decision: "allow",
  });
  expect(await client()).toMatchObject({
    sessions: [{ user: { first_name: "Gina", password_enabled: false } }],
  });
});

test("signing in with an unknown account signs nobody in and says that it can be transferred", async () => {
  await consent(await start("sign_ins"), { email: "gina@example.com", decision: "allow" });
  expect(await client()).toMatchObject({
    sessions: [],
    sign_in: { first_factor_verification: { status: "transferable" } },
  });
});

test("cancelling signs nobody in, and a consent counts once", async () => {
  const page = await start("sign_ups");
  await consent(page, { decision: "deny" });
  expect((await client()).sessions).toEqual([]);
  const again = await consent(page, { email: "gina@example.com", decision: "allow" });
  expect(again.status).toBe(400);
  expect((await consent(page, { decision: "perhaps" })).status).toBe(400);
});

test("the browser is only sent back to the site", async () => {
  const answer = await browser.call("POST", "/v1/client/sign_ins", {
    strategy: "oauth_google",
    redirect_url: "https://evil.example/",
  });
  expect(answer).toMatchObject({ status: 422, code: "redirect_url_domain_mismatch" });
});
