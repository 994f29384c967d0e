import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import { admin, APP_ORIGIN, openBrowser, PASSWORD, startForTest, type Browser } from "./testing.ts";

const RETURN_URL = `${APP_ORIGIN}/sign-in/google`;
const COMPLETE_URL = `${APP_ORIGIN}/sessions`;
const GINA = { email: "gina@example.com", first_name: "Gina", last_name: "G", decision: "allow" };
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
    action_complete_redirect_url: COMPLETE_URL,
  });
  const verifications = response.verifications as { external_account?: unknown } | undefined;
  const verification = (response.first_factor_verification ?? verifications?.external_account) as {
    external_verification_redirect_url: string;
  };
  return new URL(verification.external_verification_redirect_url);
}

/** Answers the consent page and gives where Google sends the browser. */
async function consent(page: URL, fields: Record<string, string>) {
  const answer = await fetch(new URL("/oauth/google", page), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ state: page.searchParams.get("state") ?? "", ...fields }),
  });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

/** Goes all the way, and gives where it ended. */
async function decide(page: URL, fields: Record<string, string>) {
  return (await browser.visit(await consent(page, fields))).headers.get("location");
}

async function client() {
  return (await browser.call("GET", "/v1/client")).response;
}

function addAda() {
  return admin(service, "users", { id: "user_ada", email: "ada@example.com", password: PASSWORD });
}

test("a known address signs in, without a code", async () => {
  await addAda();
  const page = await start("sign_ins");
  expect(await (await fetch(page)).text()).toContain("Sign in with Google");

  const back = await consent(page, { email: "ada@example.com", decision: "allow" });
  expect(back).toContain(`${APP_ORIGIN}/__clerk/v1/oauth_callback?state=`);
  const answer = await browser.visit(back);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(COMPLETE_URL);
  expect(await client()).toMatchObject({ sessions: [{ user: { id: "user_ada" } }] });
});

test("a new address signs up", async () => {
  expect(await decide(await start("sign_ups"), GINA)).toBe(COMPLETE_URL);
  expect(await client()).toMatchObject({
    sessions: [{ user: { first_name: "Gina", password_enabled: false } }],
  });
});

test("a sign-in of somebody new is taken over by a sign-up, once", async () => {
  expect(await decide(await start("sign_ins"), GINA)).toBe(RETURN_URL);
  expect(await client()).toMatchObject({
    sessions: [],
    sign_in: {
      first_factor_verification: {
        status: "transferable",
        error: { code: "external_account_not_found" },
      },
    },
  });

  const transfer = () => browser.call("POST", "/v1/client/sign_ups", { transfer: "true" });
  const { response } = await transfer();
  expect(response).toMatchObject({ status: "complete", email_address: GINA.email });
  expect((await client()).sessions).toHaveLength(1);
  await browser.call("DELETE", "/v1/client/sessions");
  expect(await transfer()).toMatchObject({ status: 400, code: "client_state_invalid" });
});

test("a sign-up of somebody known is taken over by a sign-in", async () => {
  await addAda();
  const ada = { email: "ada@example.com", decision: "allow" };
  expect(await decide(await start("sign_ups"), ada)).toBe(RETURN_URL);
  expect(await client()).toMatchObject({
    sign_up: {
      verifications: {
        external_account: { status: "transferable", error: { code: "external_account_exists" } },
      },
    },
  });
  await browser.call("POST", "/v1/client/sign_ins", { transfer: "true" });
  expect(await client()).toMatchObject({ sessions: [{ user: { id: "user_ada" } }] });
});

test("cancelling signs nobody in, and a consent counts once", async () => {
  const page = await start("sign_ins");
  expect(await decide(page, { decision: "deny" })).toBe(RETURN_URL);
  expect(await client()).toMatchObject({
    sessions: [],
    sign_in: { first_factor_verification: { error: { code: "oauth_access_denied" } } },
  });
  expect((await browser.visit(await consent(page, GINA))).status).toBe(400);
});

test("a consent counts only in the browser that asked for it, and for ten minutes", async () => {
  const back = await consent(await start("sign_ups"), GINA);
  expect((await openBrowser(service).visit(back)).status).toBe(400);
  await admin(service, "clock", { advanceSeconds: 601 });
  expect((await browser.visit(back)).status).toBe(400);
  expect((await client()).sessions).toEqual([]);
});

test("the browser is only sent back to the site", async () => {
  const answer = await browser.call("POST", "/v1/client/sign_ins", {
    strategy: "oauth_google",
    redirect_url: "https://evil.example/",
  });
  expect(answer).toMatchObject({ status: 422, code: "redirect_url_domain_mismatch" });
});
