import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { startKit, type Kit } from "./test-kit.ts";
import { membershipSteps } from "./test-memberships.ts";

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

const { advance, get, invoices, membershipPrice, subscribed } = membershipSteps(() => kit);

describe("another price", () => {
  async function change(behavior: "create_prorations" | "none" | "always_invoice") {
    await kit.admin("clock", { set: "2027-04-01T00:00:00Z" });
    const { id } = await subscribed();
    await kit.admin("clock", { set: "2027-04-16T00:00:00Z" }); // half of April is over
    const [item] = (await get(id)).items.data;
    const price = await membershipPrice("month", 19_900);
    await kit.stripe.subscriptions.update(id, {
      items: [{ id: item?.id, price }],
      proration_behavior: behavior,
    });
    return id;
  }

  test("is settled with the next invoice", async () => {
    const id = await change("create_prorations");
    expect(await invoices(id)).toHaveLength(1);
    await kit.admin("clock", { set: "2027-05-01T00:10:00Z" });
    const next = (await invoices(id)).at(-1);
    expect(next?.lines.data.map(({ amount }) => amount)).toEqual([
      expect.closeTo(-4_950, -1),
      expect.closeTo(9_950, -1),
      19_900,
    ]);
    expect(next?.lines.data[0]?.parent?.subscription_item_details?.proration).toBe(true);
  });

  test("is settled at once when that is asked", async () => {
    const id = await change("always_invoice");
    const now = (await invoices(id)).at(-1);
    expect(now).toMatchObject({ status: "paid", billing_reason: "subscription_update" });
    expect(now?.total).toBeCloseTo(5_000, -1);
  });

  test("or not at all", async () => {
    const id = await change("none");
    await kit.admin("clock", { set: "2027-05-01T00:10:00Z" });
    expect((await invoices(id)).map(({ total }) => total)).toEqual([9_900, 19_900]);
  });

  test("that is cheaper leaves a credit, which the next invoices use up", async () => {
    await kit.admin("clock", { set: "2027-04-01T00:00:00Z" });
    const { id } = await subscribed();
    await kit.admin("clock", { set: "2027-04-02T00:00:00Z" });
    const [item] = (await get(id)).items.data;
    await kit.stripe.subscriptions.update(id, {
      items: [{ id: item?.id, price: await membershipPrice("month", 1_000) }],
      proration_behavior: "always_invoice",
    });
    const credit = (await invoices(id)).at(-1);
    expect(credit).toMatchObject({ amount_due: 0, status: "paid" });
    expect(credit?.total).toBeLessThan(-8_000);
    await kit.admin("clock", { set: "2027-05-01T00:10:00Z" });
    expect((await invoices(id)).at(-1)).toMatchObject({ total: 1_000, amount_due: 0 });
    expect((await kit.stripe.charges.list()).data).toHaveLength(1);
  });

  test("of another interval begins a new period", async () => {
    await kit.admin("clock", { set: "2027-04-01T00:00:00Z" });
    const { id } = await subscribed();
    await kit.admin("clock", { set: "2027-04-16T00:00:00Z" });
    const [item] = (await get(id)).items.data;
    const changed = await kit.stripe.subscriptions.update(id, {
      items: [{ id: item?.id, price: await membershipPrice("year", 99_000) }],
    });
    const [year] = changed.items.data;
    expect(new Date((year?.current_period_end ?? 0) * 1000).toISOString()).toContain("2028-04-16");
    expect((await invoices(id)).at(-1)?.total).toBeCloseTo(99_000 - 4_950, -1);
  });

  test("must be there, recur, and be for an item of the membership", async () => {
    const { id } = await subscribed();
    const update = (item: object) => kit.stripe.subscriptions.update(id, { items: [item] });
    await expect(update({ id: "si_x" })).rejects.toMatchObject({ param: "items[0][id]" });
    const itemId = (await get(id)).items.data[0]?.id;
    await expect(update({ id: itemId, price: "price_x" })).rejects.toMatchObject({
      param: "items[0][price]",
    });
  });
});

describe("a coupon on a membership", () => {
  test.each<[Stripe.CouponCreateParams, number[]]>([
    [{ percent_off: 50, duration: "once" }, [4_950, 9_900, 9_900]],
    [{ percent_off: 50, duration: "repeating", duration_in_months: 2 }, [4_950, 4_950, 9_900]],
    [{ percent_off: 50, duration: "forever" }, [4_950, 4_950, 4_950]],
  ])("%o lasts as long as it says", async (params, totals) => {
    await kit.admin("clock", { set: "2027-04-01T00:00:00Z" });
    const coupon = await kit.stripe.coupons.create(params);
    const { session, id } = await subscribed({ discounts: [{ coupon: coupon.id }] });
    expect(session).toMatchObject({
      amount_total: 4_950,
      total_details: { amount_discount: 4_950 },
    });
    for (const date of ["2027-05-01", "2027-06-01"]) {
      await kit.admin("clock", { set: `${date}T00:10:00Z` });
    }
    const all = await invoices(id);
    expect(all.map(({ total }) => total)).toEqual(totals);
    expect(all[0]).toMatchObject({ subtotal: 9_900, total_discount_amounts: [{ amount: 4_950 }] });
    const expanded = await kit.stripe.subscriptions.retrieve(id, { expand: ["discounts"] });
    expect(expanded.discounts).toMatchObject([{ source: { coupon: coupon.id } }]);
  });

  test("for one invoice waits for the first that costs something", async () => {
    const coupon = await kit.stripe.coupons.create({ percent_off: 50, duration: "once" });
    const { id } = await subscribed({
      discounts: [{ coupon: coupon.id }],
      subscription_data: { trial_period_days: 14 },
    });
    await advance(15);
    expect((await invoices(id)).map(({ total }) => total)).toEqual([0, 4_950]);
  });
});
