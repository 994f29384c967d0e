import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";

/** A reduction that someone has: a coupon, and the code by which they got it. */
export type AppliedDiscount = { coupon: Stripe.Coupon; code: Stripe.PromotionCode | null };

type Purchase = {
  /** What is bought, before any reduction. */
  items: Stripe.LineItem[];
  customer: string | null;
};

/**
 * The reduction that a `discounts` parameter names.
 *
 * @throws StripeFailure when there is no such coupon or code, or it isn't for this purchase
 */
export function findDiscount(
  emulator: Emulator,
  { coupon, promotion_code: code }: { coupon?: string; promotion_code?: string },
  purchase: Purchase,
  param = "discounts[0]",
): AppliedDiscount | null {
  if (code) {
    const found = emulator
      .records<Stripe.PromotionCode>("promotion_code")
      .get(code, `${param}[promotion_code]`);
    return codeDiscount(emulator, found, purchase);
  }
  if (!coupon) return null;
  const found = emulator.records<Stripe.Coupon>("coupon").get(coupon, `${param}[coupon]`);
  refuseUnfit(found, purchase);
  return { coupon: found, code: null };
}

/**
 * The reduction behind a promotion code.
 *
 * @throws StripeFailure with a sentence for the person when it isn't for this purchase
 */
export function codeDiscount(
  emulator: Emulator,
  code: Stripe.PromotionCode,
  purchase: Purchase,
): AppliedDiscount {
  const coupon = emulator.records<Stripe.Coupon>("coupon").find(idOf(code.promotion.coupon) ?? "");
  if (!code.active || !coupon) throw refusal("This promotion code is no longer active.");
  if (code.customer && code.customer !== purchase.customer) {
    throw refusal("This promotion code is for another customer.");
  }
  const { minimum_amount: minimum, first_time_transaction: isFirstOnly } = code.restrictions;
  if (minimum !== null && subtotal(purchase.items) < minimum) {
    throw refusal("This promotion code needs a larger purchase.");
  }
  if (isFirstOnly && hasPaidBefore(emulator, purchase.customer)) {
    throw refusal("This promotion code is for first purchases only.");
  }
  refuseUnfit(coupon, purchase);
  return { coupon, code };
}

function refuseUnfit(coupon: Stripe.Coupon, { items }: Purchase): void {
  if (!coupon.valid) {
    throw invalidRequest(`Coupon expired: ${coupon.id}`, { code: "coupon_expired" });
  }
  if (coupon.currency && items.some(({ currency }) => currency !== coupon.currency)) {
    throw refusal(`This coupon is in ${coupon.currency} only.`);
  }
  if (reducible(coupon, items).length === 0) {
    throw refusal("This coupon applies to nothing in this purchase.");
  }
}

function refusal(message: string) {
  return invalidRequest(message, { param: "discounts" });
}

function hasPaidBefore(emulator: Emulator, customer: string | null): boolean {
  const charges = emulator.records<Stripe.Charge>("charge").all();
  return customer !== null && charges.some((each) => each.customer === customer && each.paid);
}

function subtotal(items: Stripe.LineItem[]): number {
  return items.reduce((sum, item) => sum + item.amount_subtotal, 0);
}

function reducible(coupon: Stripe.Coupon, items: Stripe.LineItem[]): Stripe.LineItem[] {
  const only = coupon.applies_to?.products;
  return items.filter(({ price }) => !only || only.includes(idOf(price?.product) ?? ""));
}

/**
 * The items with their reductions: what a coupon takes off is spread over what it applies to, by
 * amount, and every cent of it ends up somewhere.
 */
export function reduceItems(
  items: Stripe.LineItem[],
  coupon: Stripe.Coupon | null,
): Stripe.LineItem[] {
  const reduced = coupon ? reducible(coupon, items) : [];
  const base = subtotal(reduced);
  const off = coupon ? amountOff(coupon, base) : 0;
  let seen = 0;
  let given = 0;
  return items.map((item) => {
    if (!reduced.includes(item)) return withDiscount(item, 0);
    seen += item.amount_subtotal;
    const discount = base === 0 ? 0 : Math.round((off * seen) / base) - given;
    given += discount;
    return withDiscount(item, discount);
  });
}

function withDiscount(item: Stripe.LineItem, discount: number): Stripe.LineItem {
  const total = item.amount_subtotal - discount;
  return { ...item, amount_discount: discount, amount_tax: 0, amount_total: total };
}

/** What a coupon takes off so many cents. */
export function amountOff(coupon: Stripe.Coupon, amount: number): number {
  if (coupon.percent_off !== null) return Math.round((amount * coupon.percent_off) / 100);
  return Math.min(coupon.amount_off ?? 0, amount);
}

/** Counts that a reduction was used, which may have been the last time. */
export function noteRedeemed(emulator: Emulator, discount: AppliedDiscount): void {
  const coupons = emulator.records<Stripe.Coupon>("coupon");
  const coupon = coupons.find(discount.coupon.id);
  if (coupon) {
    const times = coupon.times_redeemed + 1;
    const isUsedUp = coupon.max_redemptions !== null && times >= coupon.max_redemptions;
    coupons.update(coupon.id, { times_redeemed: times, valid: coupon.valid && !isUsedUp });
  }
  if (!discount.code) return;
  const codes = emulator.records<Stripe.PromotionCode>("promotion_code");
  const code = codes.get(discount.code.id);
  const times = code.times_redeemed + 1;
  const isUsedUp = code.max_redemptions !== null && times >= code.max_redemptions;
  codes.update(code.id, { times_redeemed: times, active: code.active && !isUsedUp });
}
