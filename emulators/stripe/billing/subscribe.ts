import type Stripe from "stripe";

import { newId } from "../api/new-id.ts";
import type { AppliedDiscount } from "../catalog/discounts.ts";
import type { Emulator } from "../emulator.ts";
import { draftInvoice } from "./draft-invoice.ts";
import { newSubscription, type SubscriptionDetails } from "./subscription-object.ts";
import { subscriptionFiles } from "./subscription-changes.ts";

type Subscription = Stripe.Subscription;

/**
 * Begins a membership and drafts its first invoice; of a trial that is one of nothing.
 *
 * @param onceItems what is paid once, at the beginning
 */
export function subscribe(
  emulator: Emulator,
  details: SubscriptionDetails,
  { discount, onceItems }: { discount: AppliedDiscount | null; onceItems: Stripe.LineItem[] },
): { subscription: Subscription; invoice: Stripe.Invoice } {
  const now = emulator.clock.seconds();
  const records = emulator.records<Subscription>("subscription");
  const subscription = records.add(newSubscription(details, now));
  const kept = discount && keepDiscount(emulator, subscription, discount);
  subscriptionFiles(emulator).add({
    id: subscription.id,
    pending: onceItems.map((item) => ({
      amount: item.amount_subtotal,
      description: item.description ?? "",
      period: { start: now, end: now },
      price: item.price,
      quantity: item.quantity ?? 1,
    })),
    isTrialEndTold: false,
    discount: kept,
  });
  if (kept) records.update(subscription.id, { discounts: [kept.id] });
  emulator.emit("customer.subscription.created", subscription);
  return { subscription, invoice: draftInvoice(emulator, subscription, "subscription_create") };
}

function keepDiscount(
  emulator: Emulator,
  subscription: Subscription,
  { coupon, code }: AppliedDiscount,
) {
  const start = emulator.clock.seconds();
  const until = discountEnd(coupon, start);
  const discount = emulator.records<Stripe.Discount>("discount").add({
    id: newId("di_1"),
    object: "discount",
    checkout_session: null,
    customer: typeof subscription.customer === "string" ? subscription.customer : null,
    customer_account: null,
    end: until,
    invoice: null,
    invoice_item: null,
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: "coupon" },
    start,
    subscription: subscription.id,
    subscription_item: null,
  });
  return { id: discount.id, coupon: structuredClone(coupon), until };
}

/** When a coupon's months are over; null when they never are. */
function discountEnd(coupon: Stripe.Coupon, start: number): number | null {
  if (coupon.duration === "forever") return null;
  if (coupon.duration === "once") return start;
  const end = new Date(start * 1000);
  end.setUTCMonth(end.getUTCMonth() + (coupon.duration_in_months ?? 0));
  return end.getTime() / 1000;
}
