import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { startStripeEmulator } from "./server.ts";
import {
  checkoutParams,
  onboardedAccount,
  paidCheckout,
  startKit,
  submitCard,
  type Kit,
} from "./test-kit.ts";

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.settled();
  kit.receiver.clear();
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

describe("a webhook", () => {
  test("is signed so that Stripe's SDK accepts it, and is the event of the API", async () => {
    const customer = await kit.stripe.customers.create(
      { name: "Ben" },
      { idempotencyKey: "customer:1" },
    );
    await kit.settled();

    const [delivery] = kit.receiver.deliveries;
    if (!delivery) throw new Error("Nothing was delivered");
    const event = await kit.readEvent(delivery);
    expect(event).toMatchObject({
      object: "event",
      type: "customer.created",
      api_version: "2026-10-28.endive",
      livemode: false,
      pending_webhooks: 1,
      request: { id: customer.lastResponse.requestId, idempotency_key: "customer:1" },
      data: { object: { id: customer.id, name: "Ben" } },
    });
    expect(await kit.stripe.events.retrieve(event.id)).toMatchObject({ id: event.id });
  });

  test("that was altered is not accepted", async () => {
    await kit.stripe.customers.create({ name: "Ben" });
    await kit.settled();
    const [delivery] = kit.receiver.deliveries;
    if (!delivery) throw new Error("Nothing was delivered");
    const forged = { ...delivery, body: delivery.body.replace("Ben", "Mallory") };
    await expect(kit.readEvent(forged)).rejects.toThrow("No signatures found");
  });

  test("shows the object as it was then", async () => {
    const customer = await kit.stripe.customers.create({ name: "Ben" });
    await kit.stripe.customers.update(customer.id, { name: "Benjamin" });
    const { data } = await kit.stripe.events.list({ types: ["customer.created"] });
    expect(data[0]?.data.object).toMatchObject({ name: "Ben" });
  });

  test("of a page a person used names no API call", async () => {
    await paidCheckout(kit.stripe);
    const { data } = await kit.stripe.events.list({ type: "checkout.session.completed" });
    expect(data[0]?.request).toEqual({ id: null, idempotency_key: null });
  });

  test("is sent again, signed again, until it is accepted", async () => {
    kit.receiver.refuseNext(2);
    await kit.stripe.customers.create({});
    await kit.settled();
    expect(kit.receiver.deliveries).toHaveLength(3);
    for (const delivery of kit.receiver.deliveries) {
      expect((await kit.readEvent(delivery)).type).toBe("customer.created");
    }
  });

  test("does not hold up the call or the page that caused it", async () => {
    await kit.admin("modes", { hold: true });
    const session = await kit.stripe.checkout.sessions.create(checkoutParams());
    expect((await submitCard(session.url)).status).toBe(303);
    expect(kit.receiver.deliveries).toEqual([]);
  });
});

describe("on demand, webhooks", () => {
  const PAYMENT = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
  ];

  test("come in reverse", async () => {
    await kit.admin("modes", { hold: true });
    await paidCheckout(kit.stripe);
    await kit.admin("release", { reverse: true });
    await kit.settled();
    expect(kit.receiver.types()).toEqual(PAYMENT.toReversed());
  });

  test("come twice with the same id", async () => {
    await kit.admin("modes", { duplicate: true });
    await paidCheckout(kit.stripe);
    await kit.settled();
    const ids = kit.receiver.deliveries.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(ids).toHaveLength(2 * PAYMENT.length);
    expect(new Set(ids).size).toBe(PAYMENT.length);
  });

  test("come again later", async () => {
    await kit.stripe.customers.create({});
    await kit.settled();
    const { data } = await kit.stripe.events.list();
    await kit.admin("redeliver", { eventId: data[0]?.id });
    await kit.settled();
    expect(kit.receiver.types()).toEqual(["customer.created", "customer.created"]);
  });

  test("don't come, and the events can still be read", async () => {
    await kit.admin("modes", { drop: true });
    await paidCheckout(kit.stripe);
    await kit.settled();
    expect(kit.receiver.deliveries).toEqual([]);
    const { data } = await kit.stripe.events.list({ type: "charge.*" });
    expect(data.map(({ type }) => type)).toEqual(["charge.succeeded"]);
  });
});

test("endpoints can be read, without their secrets", async () => {
  const { data } = await kit.stripe.webhookEndpoints.list();
  expect(data).toMatchObject([
    { url: kit.receiver.url, status: "enabled", enabled_events: ["*"], description: null },
    { url: kit.connectReceiver.url, description: "Events of connected accounts" },
  ]);
  expect(data[0]).not.toHaveProperty("secret");
  expect(await kit.stripe.webhookEndpoints.retrieve(data[0]?.id ?? "")).toEqual(data[0]);
});

test("the console shows payments, refunds and who is paid", async () => {
  await onboardedAccount(kit.stripe);
  const { charge } = await paidCheckout(kit.stripe);
  await kit.stripe.refunds.create({ charge: charge.id, amount: 4_200 });
  const page = await (await fetch(kit.emulator.url)).text();
  expect(page).toContain("complete, paid");
  expect(page).toContain("$42.00");
  expect(page).toContain("coach@example.com");
  expect(page).not.toContain("<script");
});

test("everything is there after a restart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stripe-emulator-"));
  const snapshotPath = join(folder, "stripe.json");
  const first = await startKit({ snapshotPath });
  const { session, charge } = await paidCheckout(first.stripe);
  await first.stripe.refunds.create({ charge: charge.id }, { idempotencyKey: "once" });
  await first.stop();

  const second = await startKit({ snapshotPath });
  try {
    expect(await second.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
    });
    const again = await second.stripe.refunds.create(
      { charge: charge.id },
      { idempotencyKey: "once" },
    );
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect((await second.stripe.webhookEndpoints.list()).data).toMatchObject([
      { url: second.receiver.url },
      { url: second.connectReceiver.url },
    ]);
  } finally {
    await second.stop();
    rmSync(folder, { recursive: true });
  }
});

test.each(["sk_live_51H8", "sk_live_local", "rk_test_local"])(
  "the emulator won't start with the key %s",
  async (secretKey) => {
    await expect(startStripeEmulator({ port: 0, secretKey, webhooks: [] })).rejects.toThrow("key");
  },
);
