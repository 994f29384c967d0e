import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { checkoutParams, startKit, type Kit } from "./test-kit.ts";

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

function monthly(product: string, changes: Partial<Stripe.PriceCreateParams> = {}) {
  return kit.stripe.prices.create({
    product,
    currency: "usd",
    unit_amount: 9_900,
    recurring: { interval: "month" },
    ...changes,
  });
}

describe("products", () => {
  test("are made, changed, found and deleted", async () => {
    const made = await kit.stripe.products.create({
      name: "Membership",
      metadata: { offer_id: "o-1" },
    });
    expect(made).toMatchObject({ active: true, metadata: { offer_id: "o-1" } });
    const changed = await kit.stripe.products.update(made.id, { active: false, name: "Old" });
    expect(changed).toMatchObject({ active: false, name: "Old" });
    expect((await kit.stripe.products.list({ active: true })).data).toEqual([]);
    expect((await kit.stripe.products.list({ ids: [made.id] })).data).toHaveLength(1);

    expect(await kit.stripe.products.del(made.id)).toMatchObject({ deleted: true });
    await expect(kit.stripe.products.retrieve(made.id)).rejects.toMatchObject({ statusCode: 404 });
    const { data } = await kit.stripe.events.list({ type: "product.*" });
    expect(data.map(({ type }) => type).reverse()).toEqual([
      "product.created",
      "product.updated",
      "product.deleted",
    ]);
  });

  test("come with a price, have ids of one's own, and stay while they have prices", async () => {
    const params = {
      id: "membership",
      name: "Membership",
      default_price_data: { currency: "usd", unit_amount: 500 },
    };
    const product = await kit.stripe.products.create({ ...params, expand: ["default_price"] });
    expect(product).toMatchObject({ id: "membership", default_price: { unit_amount: 500 } });
    await expect(kit.stripe.products.create(params)).rejects.toMatchObject({
      code: "resource_already_exists",
    });
    await expect(kit.stripe.products.del("membership")).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe("prices", () => {
  test("recur, and are found by their lookup keys", async () => {
    const { id: product } = await kit.stripe.products.create({ name: "Membership" });
    const month = await monthly(product, { lookup_key: "member_month" });
    const year = await monthly(product, {
      recurring: { interval: "year" },
      unit_amount: 99_000,
      lookup_key: "member_year",
    });
    expect(month).toMatchObject({
      type: "recurring",
      recurring: { interval: "month", interval_count: 1 },
      unit_amount: 9_900,
    });
    const found = await kit.stripe.prices.list({ lookup_keys: ["member_year", "other"] });
    expect(found.data.map(({ id }) => id)).toEqual([year.id]);
    expect((await kit.stripe.prices.list({ product, type: "one_time" })).data).toEqual([]);
  });

  test("share no lookup key, but one may take it over", async () => {
    const { id: product } = await kit.stripe.products.create({ name: "Membership" });
    const old = await monthly(product, { lookup_key: "member" });
    await expect(monthly(product, { lookup_key: "member" })).rejects.toMatchObject({
      param: "lookup_key",
    });
    const next = await monthly(product, { lookup_key: "member", transfer_lookup_key: true });
    expect((await kit.stripe.prices.retrieve(old.id)).lookup_key).toBeNull();
    expect((await kit.stripe.prices.list({ lookup_keys: ["member"] })).data[0]?.id).toBe(next.id);
  });

  test.each<[string, Partial<Stripe.PriceCreateParams>, object]>([
    ["an unknown product", { product: "prod_x" }, { code: "resource_missing", param: "product" }],
    ["no product", { product: undefined }, { code: "parameter_missing" }],
    ["no amount", { unit_amount: undefined }, { param: "unit_amount" }],
    ["a negative amount", { unit_amount: -1 }, { param: "unit_amount" }],
    ["a currency that is none", { currency: "dollars" }, { param: "currency" }],
    [
      "more than three years",
      { recurring: { interval: "month", interval_count: 37 } },
      { param: "recurring[interval_count]" },
    ],
  ])("with %s are refused", async (_, changes, error) => {
    const { id: product } = await kit.stripe.products.create({ name: "Membership" });
    await expect(monthly(product, changes)).rejects.toMatchObject({ statusCode: 400, ...error });
  });

  test("are bought once they are active, in the mode they are for", async () => {
    const once = await kit.stripe.prices.create({
      product_data: { name: "Session" },
      currency: "usd",
      unit_amount: 15_000,
    });
    const items = [{ price: once.id, quantity: 2 }];
    const session = await kit.stripe.checkout.sessions.create(
      checkoutParams({ line_items: items }),
    );
    expect(session.amount_total).toBe(30_000);
    await kit.stripe.prices.update(once.id, { active: false });
    await expect(
      kit.stripe.checkout.sessions.create(checkoutParams({ line_items: items })),
    ).rejects.toMatchObject({ param: "line_items[0][price]" });

    const month = await monthly((await kit.stripe.products.create({ name: "M" })).id);
    await expect(
      kit.stripe.checkout.sessions.create(
        checkoutParams({ line_items: [{ price: month.id, quantity: 1 }] }),
      ),
    ).rejects.toMatchObject({ param: "line_items[0][price]" });
  });
});
