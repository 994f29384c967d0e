import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import { startClerkEmulator } from "./server.ts";
import {
  admin,
  APP_ORIGIN,
  openBrowser,
  PASSWORD,
  PUBLISHABLE_KEY,
  SECRET_KEY,
  startForTest,
} from "./testing.ts";

let service: Service;

beforeAll(async () => {
  service = await startForTest({ settings: { rateLimits: true } });
});
beforeEach(async () => {
  await admin(service, "reset", {});
});
afterAll(() => service.stop());

async function violations(): Promise<string[]> {
  type Violations = { violations: { problems: string[] }[] };
  const answer = await admin<Violations>(service, "violations");
  return answer.violations.flatMap(({ problems }) => problems);
}

test.each([
  [{ "clerk-proxy-url": "https://elsewhere.example/__clerk" }, 400, "host_invalid"],
  [{ "clerk-secret-key": "" }, 400, "proxy_request_missing_secret_key"],
  [{ "clerk-secret-key": "sk_live_local_other" }, 401, "proxy_request_invalid_secret_key"],
  [{ origin: "" }, 400, "request_header_missing"],
  [{ origin: "https://evil.example" }, 400, "origin_invalid"],
])("a call with %o is refused and noted", async (headers, status, code) => {
  const browser = openBrowser(service);
  const answer = await browser.call(
    "POST",
    "/v1/client/sign_ins",
    { identifier: "a@b.co" },
    headers,
  );
  expect(answer).toMatchObject({ status, code });
  expect(await violations()).toHaveLength(1);
});

test("a call that hides the visitor's address is noted", async () => {
  await openBrowser(service).call("GET", "/v1/client", undefined, { "x-forwarded-for": "" });
  expect(await violations()).toEqual([expect.stringContaining("X-Forwarded-For")]);
});

test("a call in another version, of another type, or to nowhere is refused", async () => {
  const headers = {
    "clerk-proxy-url": `${APP_ORIGIN}/__clerk`,
    "clerk-secret-key": SECRET_KEY,
    "x-forwarded-for": "203.0.113.7",
    origin: APP_ORIGIN,
  };
  const old = await fetch(`${service.url}/v1/client?__clerk_api_version=2021-02-05`, { headers });
  expect(old.status).toBe(400);

  const browser = openBrowser(service);
  const asJson = await browser.call(
    "POST",
    "/v1/client/sign_ins",
    { identifier: "a@b.co" },
    {
      "content-type": "application/json",
    },
  );
  expect(asJson).toMatchObject({ status: 415, code: "unsupported_content_type" });
  expect((await browser.call("POST", "/v1/client/nowhere")).status).toBe(404);
  expect(await violations()).toEqual(expect.arrayContaining(["No such operation."]));
});

test("answers are exactly application/json, refusals too", async () => {
  const browser = openBrowser(service);
  for (const answer of [
    await browser.call("GET", "/v1/client"),
    await browser.call("POST", "/v1/client/sign_ins"),
    await browser.call("GET", "/v1/proxy-health"),
  ]) {
    expect(answer.headers.get("content-type")).toBe("application/json");
  }
});

test("one address starts five sign-ins in ten seconds, others are not held up", async () => {
  const begin = (ip: string) =>
    openBrowser(service, ip).call("POST", "/v1/client/sign_ins", { identifier: "a@b.co" });
  for (let count = 0; count < 5; count += 1) expect((await begin("203.0.113.1")).status).toBe(422);

  const refused = await begin("203.0.113.1");
  expect(refused).toMatchObject({ status: 429, code: "too_many_requests" });
  const seconds = Number(refused.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect((await begin("203.0.113.2")).status).toBe(422);

  await admin(service, "clock", { advanceSeconds: seconds });
  expect((await begin("203.0.113.1")).status).toBe(422);
});

test("a new code is not sent within thirty seconds", async () => {
  const browser = openBrowser(service);
  const { response } = await browser.call("POST", "/v1/client/sign_ups", {
    email_address: "ada@example.com",
    password: PASSWORD,
  });
  const path = `/v1/client/sign_ups/${String(response.id)}/prepare_verification`;
  const prepare = () => browser.call("POST", path, { strategy: "email_code" });
  expect((await prepare()).status).toBe(200);
  expect(await prepare()).toMatchObject({
    status: 429,
    code: "verification_code_too_many_requests",
  });
  await admin(service, "clock", { advanceSeconds: 30 });
  expect((await prepare()).status).toBe(200);
});

test("faults hit the next call", async () => {
  await admin(service, "faults", { kind: "status", status: 500, path: "/tokens$" });
  const browser = openBrowser(service);
  const failed = await browser.call("POST", "/v1/client/sessions/sess_x/tokens");
  expect(failed).toMatchObject({ status: 500, code: "internal_clerk_error" });
  expect((await browser.call("POST", "/v1/client/sessions/sess_x/tokens")).status).toBe(401);
});

test.each([
  [{ secretKey: "sk_live_kVx93bQz" }, "CLERK_SECRET_KEY"],
  [{ publishableKey: `pk_live_${btoa("clerk.example.com$")}` }, "CLERK_PUBLISHABLE_KEY"],
  [{ publishableKey: `pk_test_${btoa("clerk.app.localhost$")}` }, "CLERK_PUBLISHABLE_KEY"],
])("does not start with %o", async (keys, name) => {
  const options = {
    port: 0,
    appOrigin: APP_ORIGIN,
    publishableKey: PUBLISHABLE_KEY,
    secretKey: SECRET_KEY,
  };
  await expect(startClerkEmulator({ ...options, ...keys })).rejects.toThrow(name);
});
