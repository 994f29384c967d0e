import { createClerkClient } from "@clerk/backend";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import {
  admin,
  APP_ORIGIN,
  openBrowser,
  PASSWORD,
  PUBLISHABLE_KEY,
  SECRET_KEY,
  signUp,
  startForTest,
} from "./testing.ts";

let service: Service;
let clerk: ReturnType<typeof createClerkClient>;

beforeAll(async () => {
  service = await startForTest();
  clerk = createClerkClient({
    secretKey: SECRET_KEY,
    publishableKey: PUBLISHABLE_KEY,
    apiUrl: service.url,
    telemetry: { disabled: true },
  });
});
beforeEach(() => admin(service, "reset", {}));
afterAll(() => service.stop());

/** Signs up and gives the cookies that the site would set for it. */
async function signedIn() {
  const browser = openBrowser(service);
  const { response } = await signUp(service, browser, "ada@example.com");
  const sessionId = String(response.created_session_id);
  const { body } = await browser.call("POST", `/v1/client/sessions/${sessionId}/tokens`);
  return {
    sessionId,
    userId: String(response.created_user_id),
    uat: browser.cookies.get("__client_uat") ?? "",
    suffixedUat: [...browser.cookies.keys()].find((name) => name.startsWith("__client_uat_")) ?? "",
    token: body.jwt ?? "",
  };
}

function authenticate(cookie: string) {
  const request = new Request(`${APP_ORIGIN}/sessions`, {
    headers: { cookie, accept: "text/html", "sec-fetch-dest": "document" },
  });
  return clerk.authenticateRequest(request, {
    proxyUrl: `${APP_ORIGIN}/__clerk`,
    authorizedParties: [APP_ORIGIN],
  });
}

test("authenticateRequest accepts the session with plain and with suffixed cookies", async () => {
  const { token, uat, suffixedUat, userId, sessionId } = await signedIn();
  const suffix = suffixedUat.replace("__client_uat", "");

  for (const cookie of [
    `__session=${token}; __client_uat=${uat}`,
    `__session${suffix}=${token}; ${suffixedUat}=${uat}; __session=${token}; __client_uat=${uat}`,
  ]) {
    const state = await authenticate(cookie);
    expect(state.status).toBe("signed-in");
    expect(state.toAuth()).toMatchObject({ userId, sessionId });
  }
});

test("authenticateRequest sees a visitor as signed out, and refuses another site's token", async () => {
  expect((await authenticate("")).status).toBe("signed-out");

  const { token, uat } = await signedIn();
  const elsewhere = await clerk.authenticateRequest(
    new Request(APP_ORIGIN, { headers: { cookie: `__session=${token}; __client_uat=${uat}` } }),
    { authorizedParties: ["https://elsewhere.example"] },
  );
  expect(elsewhere.isAuthenticated).toBe(false);
});

test("users can be made, read, changed, listed, counted and deleted", async () => {
  const made = await clerk.users.createUser({
    emailAddress: ["Ada@Example.com"],
    password: PASSWORD,
    firstName: "Ada",
    publicMetadata: { kind: "coach" },
  });
  expect(made.primaryEmailAddress?.emailAddress).toBe("ada@example.com");
  expect(made.primaryEmailAddress?.verification?.status).toBe("verified");
  expect((await clerk.users.getUser(made.id)).publicMetadata).toEqual({ kind: "coach" });

  const renamed = await clerk.users.updateUser(made.id, { lastName: "Lovelace" });
  expect(renamed.fullName).toBe("Ada Lovelace");
  const merged = await clerk.users.updateUserMetadata(made.id, { publicMetadata: { level: 2 } });
  expect(merged.publicMetadata).toEqual({ kind: "coach", level: 2 });

  await clerk.users.createUser({ emailAddress: ["bob@example.com"], password: PASSWORD });
  const list = await clerk.users.getUserList({ orderBy: "+email_address", limit: 1, offset: 1 });
  expect(list.totalCount).toBe(2);
  expect(list.data.map((user) => user.primaryEmailAddress?.emailAddress)).toEqual([
    "bob@example.com",
  ]);
  const byEmail = await clerk.users.getUserList({ emailAddress: ["ADA@example.com"] });
  expect(byEmail.data.map(({ id }) => id)).toEqual([made.id]);
  expect(await clerk.users.getCount({ query: "lovelace" })).toBe(1);

  await clerk.users.deleteUser(made.id);
  await expect(clerk.users.getUser(made.id)).rejects.toMatchObject({ status: 404 });
});

test("refusals reach the SDK as its own errors", async () => {
  await clerk.users.createUser({ emailAddress: ["ada@example.com"], password: PASSWORD });
  const again = clerk.users.createUser({ emailAddress: ["ada@example.com"], password: PASSWORD });
  const error: unknown = await again.catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    clerkError: true,
    status: 422,
    errors: [{ code: "form_identifier_exists", meta: { paramName: "email_address" } }],
  });
});

test("passwords are verified, locks and bans hold", async () => {
  const { id } = await clerk.users.createUser({
    emailAddress: ["ada@example.com"],
    password: PASSWORD,
  });
  expect(await clerk.users.verifyPassword({ userId: id, password: PASSWORD })).toEqual({
    verified: true,
  });
  await expect(
    clerk.users.verifyPassword({ userId: id, password: "wrong password" }),
  ).rejects.toMatchObject({ status: 422, errors: [{ code: "form_password_incorrect" }] });

  const signIn = { strategy: "password", identifier: "ada@example.com", password: PASSWORD };
  const enter = () => openBrowser(service).call("POST", "/v1/client/sign_ins", signIn);
  expect((await clerk.users.lockUser(id)).locked).toBe(true);
  expect((await enter()).code).toBe("user_locked");
  await clerk.users.unlockUser(id);
  expect((await clerk.users.banUser(id)).banned).toBe(true);
  expect((await enter()).code).toBe("user_banned");
  await clerk.users.unbanUser(id);
  expect((await enter()).status).toBe(200);
});

test("sessions are listed, revoked, and give tokens", async () => {
  const { sessionId, userId } = await signedIn();
  const list = await clerk.sessions.getSessionList({ userId, status: "active" });
  expect(list).toMatchObject({ totalCount: 1, data: [{ id: sessionId, status: "active" }] });

  const { jwt } = await clerk.sessions.getToken(sessionId, undefined, 300);
  const { exp = 0, iat = 0, azp } = decodeJwt(jwt);
  expect([exp - iat, azp]).toEqual([300, undefined]);

  expect((await clerk.sessions.revokeSession(sessionId)).status).toBe("revoked");
  await expect(clerk.sessions.getToken(sessionId)).rejects.toMatchObject({ status: 404 });
  const none = await clerk.sessions.getSessionList({ userId, status: "active" });
  expect(none.totalCount).toBe(0);
});

test("a deleted user is signed out everywhere", async () => {
  const { sessionId, userId } = await signedIn();
  await clerk.users.deleteUser(userId);
  expect((await clerk.sessions.getSession(sessionId)).status).toBe("revoked");
});

test("without the secret key there is no answer", async () => {
  const stranger = createClerkClient({ secretKey: "sk_live_local_other", apiUrl: service.url });
  await expect(stranger.users.getUserList()).rejects.toMatchObject({ status: 401 });
});
