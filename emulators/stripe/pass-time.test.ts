import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { checkoutParams, paidCheckout, startKit, type Kit } from "./test-kit.ts";
import { membershipSteps } from "./test-memberships.ts";

const DAY = 24 * 60 * 60;

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

const { get, invoices, subscribed } = membershipSteps(() => kit);

const pass = (days: number) => kit.admin("pass", { seconds: days * DAY });

test("what is kept lies further back, and the clock stays", async () => {
  const made = await kit.stripe.customers.create({ name: "Ben" });
  const before = await kit.admin<{ now: string }>("clock");
  await pass(10);
  expect(await kit.stripe.customers.retrieve(made.id)).toMatchObject({
    name: "Ben",
    created: made.created - 10 * DAY,
  });
  const after = await kit.admin<{ now: string }>("clock");
  expect(Date.parse(after.now) - Date.parse(before.now)).toBeLessThan(DAY * 1000);
});

test("what becomes due happens: money arrives, pages end", async () => {
  const page = await kit.stripe.checkout.sessions.create(checkoutParams());
  await paidCheckout(kit.stripe);
  expect((await kit.stripe.balance.retrieve()).available).toMatchObject([{ amount: 0 }]);
  await pass(2);
  expect((await kit.stripe.balance.retrieve()).pending).toMatchObject([{ amount: 0 }]);
  expect(await kit.stripe.checkout.sessions.retrieve(page.id)).toMatchObject({ status: "expired" });
});

test("a membership renews when its month is over, and again a month later, whatever month it is", async () => {
  const { id } = await subscribed();
  for (let month = 1; month <= 8; month += 1) {
    const [item] = (await get(id)).items.data;
    const { current_period_start: start = 0, current_period_end: end = 0 } = item ?? {};
    expect((end - start) / DAY, `days of month ${month}`).toBeGreaterThanOrEqual(28);
    const left = end - Math.floor(Date.now() / 1000);
    await kit.admin("pass", { seconds: left - 60 });
    expect(await invoices(id)).toHaveLength(month);
    await kit.admin("pass", { seconds: 60 });
    expect(await invoices(id)).toHaveLength(month + 1);
  }
});

test("a call is known by its key for a day, with the instants in it moved as well", async () => {
  const expires_at = Math.floor(Date.now() / 1000) + DAY - 60;
  const open = (moved: number) =>
    kit.stripe.checkout.sessions.create(checkoutParams({ expires_at: expires_at - moved }), {
      idempotencyKey: `page:${(expires_at - moved) * 1000}`,
    });
  const page = await open(0);
  await kit.admin("pass", { seconds: DAY / 2 });
  expect(await open(DAY / 2)).toMatchObject({ id: page.id, expires_at: expires_at - DAY / 2 });
  await kit.admin("pass", { seconds: DAY / 2 });
  const customer = () => kit.stripe.customers.create({}, { idempotencyKey: "customer" });
  const first = await customer();
  expect((await customer()).id).toBe(first.id);
  await pass(2);
  expect((await customer()).id).not.toBe(first.id);
});
