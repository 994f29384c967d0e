import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { codeDiscount, reduceItems, type AppliedDiscount } from "../catalog/discounts.ts";
import type { Emulator } from "../emulator.ts";
import { findActiveCode } from "../resources/promotion-codes.ts";
import { plans, trialEndOf } from "./session-plans.ts";

type Session = Stripe.Checkout.Session;

/** What a session says of its items and of the reduction they have. */
export function sessionAmounts(
  all: Stripe.LineItem[],
  discount: AppliedDiscount | null,
  isTrial: boolean,
) {
  const items = isTrial ? all.map(duringTrial) : all;
  const sum = (key: "amount_subtotal" | "amount_discount" | "amount_tax" | "amount_total") =>
    items.reduce((total, item) => total + item[key], 0);
  return {
    amount_subtotal: sum("amount_subtotal"),
    amount_total: sum("amount_total"),
    discounts: discount
      ? [{ coupon: discount.coupon.id, promotion_code: discount.code?.id ?? null }]
      : [],
    total_details: {
      amount_discount: sum("amount_discount"),
      amount_shipping: 0,
      amount_tax: sum("amount_tax"),
    },
  };
}

/** What recurs is paid when the trial is over. */
function duringTrial(item: Stripe.LineItem): Stripe.LineItem {
  if (!item.price?.recurring) return item;
  return { ...item, amount_subtotal: 0, amount_discount: 0, amount_tax: 0, amount_total: 0 };
}

/** The reduction of a session, as its coupon and code are now; null when it has none. */
export function discountOf(emulator: Emulator, session: Session): AppliedDiscount | null {
  const [discount] = session.discounts ?? [];
  const couponId = idOf(discount?.coupon);
  if (!couponId) return null;
  const coupon = emulator.records<Stripe.Coupon>("coupon").find(couponId);
  const code = emulator
    .records<Stripe.PromotionCode>("promotion_code")
    .find(idOf(discount?.promotion_code) ?? "");
  return coupon ? { coupon, code: code ?? null } : null;
}

/**
 * A person types a promotion code on the hosted page.
 *
 * @throws StripeFailure with a sentence for them when it isn't for this purchase
 * @returns false when there is no such code
 */
export function applyCode(emulator: Emulator, session: Session, typed: string): boolean {
  const code = findActiveCode(emulator, typed);
  if (!code) return false;
  const { items } = plans(emulator).get(session.id);
  const discount = codeDiscount(emulator, code, { items, customer: idOf(session.customer) });
  reprice(emulator, session, discount);
  return true;
}

/** A person takes the code off again. */
export function removeCode(emulator: Emulator, session: Session): void {
  reprice(emulator, session, null);
}

function reprice(emulator: Emulator, session: Session, discount: AppliedDiscount | null): void {
  const plan = plans(emulator).get(session.id);
  const items = reduceItems(plan.items, discount?.coupon ?? null);
  plans(emulator).update(session.id, { items });
  const isTrial = trialEndOf(plan.subscriptionData, emulator.clock.seconds()) !== null;
  const amounts = sessionAmounts(items, discount, isTrial);
  emulator.records<Session>("checkout.session").update(session.id, amounts);
  // An attempt that failed has left its intent, and the next one uses it again.
  const intents = emulator.records<Stripe.PaymentIntent>("payment_intent");
  const intent = intents.find(plan.intentId ?? "");
  if (intent) intents.update(intent.id, { amount: amounts.amount_total });
}
