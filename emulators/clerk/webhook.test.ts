import { createClerkClient } from "@clerk/backend";
import { verifyWebhook } from "@clerk/backend/webhooks";
import { afterEach, beforeEach, expect, test } from "vitest";

import type { Service } from "../../supabase/local/service.ts";
import { startReceiver, type Receiver } from "../shared/receiver.ts";
import { admin, openBrowser, SECRET_KEY, signUp, startForTest } from "./testing.ts";

const SECRET = `whsec_${Buffer.from("local-webhook-secret").toString("base64")}`;
let receiver: Receiver;
let service: Service;

beforeEach(async () => {
  receiver = await startReceiver();
  service = await startForTest({
    webhookUrl: receiver.url,
    webhookSecret: SECRET,
    webhookRetryDelays: [1, 1],
  });
});
afterEach(async () => {
  await service.stop();
  await receiver.stop();
});

/** What arrived, as Clerk's own verifier reads it. */
async function received(signingSecret = SECRET) {
  await admin(service, "settle", {});
  return Promise.all(
    receiver.received.map(({ body, headers }) =>
      verifyWebhook(new Request(receiver.url, { method: "POST", body, headers }), {
        signingSecret,
      }),
    ),
  );
}

test("a sign-up tells of the user and of the session, signed", async () => {
  const { response } = await signUp(service, openBrowser(service), "ada@example.com");
  const [user, session] = await received();

  expect(user).toMatchObject({
    type: "user.created",
    object: "event",
    event_attributes: { http_request: { client_ip: "203.0.113.7" } },
    data: { id: response.created_user_id, email_addresses: [{ email_address: "ada@example.com" }] },
  });
  expect(session).toMatchObject({
    type: "session.created",
    data: { id: response.created_session_id, user: { id: response.created_user_id } },
  });
  await expect(received("whsec_b3RoZXI=")).rejects.toThrow();
});

test("changes, sign-outs and deletions are told", async () => {
  const browser = openBrowser(service);
  const { response } = await signUp(service, browser, "ada@example.com");
  const userId = String(response.created_user_id);
  const clerk = createClerkClient({ secretKey: SECRET_KEY, apiUrl: service.url });
  await clerk.users.updateUser(userId, { firstName: "Ada" });
  await browser.call("DELETE", "/v1/client/sessions");
  await clerk.users.deleteUser(userId);

  const events = await received();
  expect(events.map(({ type }) => type)).toEqual([
    "user.created",
    "session.created",
    "user.updated",
    "session.removed",
    "user.deleted",
  ]);
  expect(events[4]?.data).toEqual({ id: userId, object: "user", deleted: true });
});

test("a receiver that fails is told again, with the same id", async () => {
  receiver.answers.push(500, 503);
  await admin(service, "users", { email: "ada@example.com", notify: true });
  await admin(service, "settle", {});
  const ids = receiver.received.map(({ headers }) => headers["svix-id"]);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(1);
});

test("signatures keep real time when the emulator's clock is moved", async () => {
  await admin(service, "clock", { advanceSeconds: 24 * 3600 });
  await admin(service, "users", { email: "ada@example.com", notify: true });
  expect(await received()).toHaveLength(1);
});

test("seeding says nothing unless asked", async () => {
  await admin(service, "users", { email: "ada@example.com", password: "correct horse" });
  expect(await received()).toEqual([]);
});
