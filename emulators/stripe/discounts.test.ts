import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { idOf } from "./api/id-of.ts";
import { checkoutParams, paidCheckout, startKit, submitCard, type Kit } from "./test-kit.ts";

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

function open(changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return kit.stripe.checkout.sessions.create(checkoutParams(changes));
}

async function code(
  coupon: Stripe.CouponCreateParams,
  changes: Partial<Stripe.PromotionCodeCreateParams> = {},
) {
  const { id } = await kit.stripe.coupons.create(coupon);
  return kit.stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: id },
    code: "SPRING",
    ...changes,
  });
}

/** Presses a button of the promotion code's form. */
function typeCode(session: Stripe.Checkout.Session, typed: string, step = "apply") {
  return fetch(`${session.url}/promotion-code`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ code: typed, step }),
  });
}

function item(amount: number, name: string) {
  return {
    quantity: 1,
    price_data: { currency: "usd", unit_amount: amount, product_data: { name } },
  };
}

describe("coupons", () => {
  test("are made, changed and deleted", async () => {
    const coupon = await kit.stripe.coupons.create({
      id: "SPRING20",
      percent_off: 12.5,
      duration: "repeating",
      duration_in_months: 3,
      metadata: { coach_id: "c-1" },
    });
    expect(coupon).toMatchObject({ percent_off: 12.5, valid: true, times_redeemed: 0 });
    expect(await kit.stripe.coupons.update("SPRING20", { name: "Spring" })).toMatchObject({
      name: "Spring",
    });
    expect(await kit.stripe.coupons.del("SPRING20")).toMatchObject({ deleted: true });
    expect((await kit.stripe.coupons.list()).data).toEqual([]);
  });

  test.each<[string, Stripe.CouponCreateParams, string]>([
    ["nothing off", { duration: "once" }, "percent_off"],
    ["two kinds of reduction", { percent_off: 5, amount_off: 5, currency: "usd" }, "percent_off"],
    ["more than everything off", { percent_off: 101 }, "percent_off"],
    ["an amount of no currency", { amount_off: 500 }, "currency"],
    ["no number of months", { percent_off: 5, duration: "repeating" }, "duration_in_months"],
    ["months it doesn't repeat", { percent_off: 5, duration_in_months: 2 }, "duration_in_months"],
    ["an end in the past", { percent_off: 5, redeem_by: 1_000_000_000 }, "redeem_by"],
  ])("with %s are refused", async (_, params, param) => {
    await expect(kit.stripe.coupons.create(params)).rejects.toMatchObject({
      statusCode: 400,
      param,
    });
  });
});

describe("a discount of the site", () => {
  test("is taken off, told item by item, and charged", async () => {
    const { id: coupon } = await kit.stripe.coupons.create({ percent_off: 10 });
    const { session, charge } = await paidCheckout(
      kit.stripe,
      {},
      { discounts: [{ coupon }], line_items: [item(9_999, "A"), item(3_333, "B"), item(1, "C")] },
    );
    expect(session).toMatchObject({
      amount_subtotal: 13_333,
      amount_total: 12_000,
      discounts: [{ coupon, promotion_code: null }],
      total_details: { amount_discount: 1_333 },
    });
    expect(charge.amount).toBe(12_000);
    const { data } = await kit.stripe.checkout.sessions.listLineItems(session.id);
    expect(data.map(({ amount_discount }) => amount_discount)).toEqual([1_000, 333, 0]);
    expect(data.reduce((sum, { amount_total }) => sum + amount_total, 0)).toBe(12_000);
    expect((await kit.stripe.coupons.retrieve(coupon)).times_redeemed).toBe(1);
  });

  test("loses no cent when it is spread", async () => {
    const { id: coupon } = await kit.stripe.coupons.create({ amount_off: 100, currency: "usd" });
    const session = await open({
      discounts: [{ coupon }],
      line_items: [item(3_333, "A"), item(3_333, "B"), item(3_334, "C")],
    });
    expect(session.amount_total).toBe(9_900);
    const { data } = await kit.stripe.checkout.sessions.listLineItems(session.id);
    expect(data.map(({ amount_discount }) => amount_discount)).toEqual([33, 34, 33]);
  });

  test("takes no more off than there is, and then nothing is to pay", async () => {
    const { id: coupon } = await kit.stripe.coupons.create({
      amount_off: 20_000,
      currency: "usd",
    });
    const session = await open({ discounts: [{ coupon }] });
    expect(session.amount_total).toBe(0);
    const page = await (await fetch(session.url ?? "")).text();
    expect(page).toContain("Complete order");
    expect(page).not.toContain("Card number");

    const answer = await submitCard(session.url);
    expect(answer.headers.get("location")).toContain("site.test/paid");
    expect(await kit.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      payment_status: "no_payment_required",
      payment_intent: null,
      customer_details: { email: "ben@example.com" },
    });
    expect((await kit.stripe.charges.list()).data).toEqual([]);
  });

  test("may be for one product only", async () => {
    const { id: product } = await kit.stripe.products.create({ name: "Session" });
    const price = await kit.stripe.prices.create({ product, currency: "usd", unit_amount: 10_000 });
    const { id: coupon } = await kit.stripe.coupons.create({
      percent_off: 50,
      applies_to: { products: [product] },
    });
    const session = await open({
      discounts: [{ coupon }],
      line_items: [{ price: price.id, quantity: 1 }, item(4_000, "Workbook")],
    });
    expect(session.total_details?.amount_discount).toBe(5_000);
    await expect(open({ discounts: [{ coupon }] })).rejects.toMatchObject({ param: "discounts" });
  });

  test("ends with its coupon", async () => {
    const { id: coupon } = await kit.stripe.coupons.create({
      percent_off: 10,
      redeem_by: Math.floor(Date.now() / 1000) + DAY,
    });
    const { id: used } = await kit.stripe.coupons.create({ percent_off: 10, max_redemptions: 1 });
    await paidCheckout(kit.stripe, {}, { discounts: [{ coupon: used }] });
    await expect(open({ discounts: [{ coupon: used }] })).rejects.toMatchObject({
      code: "coupon_expired",
    });
    await kit.admin("clock", { advanceSeconds: 2 * DAY });
    await expect(open({ discounts: [{ coupon }] })).rejects.toMatchObject({
      code: "coupon_expired",
    });
  });
});

describe("a promotion code", () => {
  test("is typed on the page, whatever its letters' case, and paid with", async () => {
    const promotion = await code({ percent_off: 20 }, { metadata: { coach_id: "c-1" } });
    const session = await open({ allow_promotion_codes: true });
    expect(session.total_details?.amount_discount).toBe(0);
    expect((await typeCode(session, " spring ")).status).toBe(303);

    const page = await (await fetch(session.url ?? "")).text();
    expect(page).toContain("SPRING");
    expect(page).toContain("−$30.00");
    expect(page).toContain("Pay $120.00");
    await submitCard(session.url);
    const paid = await kit.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent", "discounts.promotion_code"],
    });
    expect(paid).toMatchObject({
      amount_total: 12_000,
      total_details: { amount_discount: 3_000 },
      discounts: [{ promotion_code: { id: promotion.id, metadata: { coach_id: "c-1" } } }],
      payment_intent: { amount_received: 12_000 },
    });
    expect((await kit.stripe.promotionCodes.retrieve(promotion.id)).times_redeemed).toBe(1);
  });

  test("typed after a card was declined changes what the next card pays", async () => {
    await code({ percent_off: 20 });
    const session = await open({ allow_promotion_codes: true });
    await submitCard(session.url, { number: "4000000000000002" });
    await typeCode(session, "SPRING");
    await submitCard(session.url);
    const paid = await kit.stripe.checkout.sessions.retrieve(session.id);
    const intent = await kit.stripe.paymentIntents.retrieve(idOf(paid.payment_intent) ?? "");
    expect(intent).toMatchObject({ amount: 12_000, amount_received: 12_000 });
  });

  test("is taken off again", async () => {
    await code({ percent_off: 20 });
    const session = await open({ allow_promotion_codes: true });
    await typeCode(session, "SPRING");
    await typeCode(session, "", "remove");
    expect(await kit.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      amount_total: 15_000,
      discounts: [],
    });
  });

  test.each<[string, Partial<Stripe.PromotionCodeCreateParams>, string]>([
    ["that doesn't exist", { code: "OTHER" }, "This code is invalid."],
    ["that was switched off", { active: false }, "This code is invalid."],
    [
      "for more than is bought",
      { restrictions: { minimum_amount: 15_001, minimum_amount_currency: "usd" } },
      "needs a larger purchase",
    ],
  ])("%s is refused beside the field", async (_, changes, says) => {
    await code({ percent_off: 20 }, changes);
    const session = await open({ allow_promotion_codes: true });
    const answer = await typeCode(session, "SPRING");
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page).toContain('id="code-error"');
    expect(page).toContain(says);
    expect(page).toContain('value="SPRING"');
    expect((await kit.stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(15_000);
  });

  test("is for its customer, and for a first purchase, when it says so", async () => {
    const ben = await kit.stripe.customers.create({});
    const sela = await kit.stripe.customers.create({});
    const promotion = await code(
      { percent_off: 20 },
      { customer: ben.id, restrictions: { first_time_transaction: true } },
    );
    const discounts = [{ promotion_code: promotion.id }];
    await expect(open({ customer: sela.id, discounts })).rejects.toMatchObject({
      param: "discounts",
    });
    await paidCheckout(kit.stripe, {}, { customer: ben.id, discounts });
    await expect(open({ customer: ben.id, discounts })).rejects.toMatchObject({
      param: "discounts",
    });
  });

  test("ends at its time and after its last use", async () => {
    const promotion = await code(
      { percent_off: 20 },
      { max_redemptions: 1, expires_at: Math.floor(Date.now() / 1000) + 30 * DAY },
    );
    await paidCheckout(kit.stripe, {}, { discounts: [{ promotion_code: promotion.id }] });
    expect((await kit.stripe.promotionCodes.retrieve(promotion.id)).active).toBe(false);

    const again = await code(
      { percent_off: 20 },
      { expires_at: Math.floor(Date.now() / 1000) + DAY },
    );
    await kit.admin("clock", { advanceSeconds: 2 * DAY });
    expect((await kit.stripe.promotionCodes.list({ code: "spring", active: true })).data).toEqual(
      [],
    );
    expect((await kit.stripe.promotionCodes.retrieve(again.id)).active).toBe(false);
  });

  test("is unique while it is active", async () => {
    const first = await code({ percent_off: 20 });
    await expect(code({ percent_off: 30 })).rejects.toMatchObject({ param: "code" });
    await kit.stripe.promotionCodes.update(first.id, { active: false });
    await code({ percent_off: 30 });
    await expect(
      kit.stripe.promotionCodes.update(first.id, { active: true }),
    ).rejects.toMatchObject({ param: "code" });
  });

  test("can't be typed where the site doesn't allow it", async () => {
    await code({ percent_off: 20 });
    const session = await open();
    expect(await (await fetch(session.url ?? "")).text()).not.toContain("Promotion code");
    expect((await typeCode(session, "SPRING")).status).toBe(404);
  });
});
