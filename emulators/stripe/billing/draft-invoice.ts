import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { amountOff } from "../catalog/discounts.ts";
import type { Emulator } from "../emulator.ts";
import { taxOn } from "../tax/rates.ts";
import { createInvoice } from "./create-invoice.ts";
import type { LineDraft } from "./invoice-lines.ts";
import { subscriptionFiles } from "./subscription-changes.ts";

type Subscription = Stripe.Subscription;

/**
 * Drafts the invoice of a membership's current period, with what is pending from the one before.
 *
 * @param isOnlyPending bills a change at once, and the period not again
 */
export function draftInvoice(
  emulator: Emulator,
  subscription: Subscription,
  billingReason: Stripe.Invoice["billing_reason"],
  isOnlyPending = false,
): Stripe.Invoice {
  const file = subscriptionFiles(emulator).get(subscription.id);
  const period = isOnlyPending
    ? []
    : subscription.items.data.map((item) => periodLine(emulator, subscription, item));
  const lines = [...file.pending, ...period];
  const discount = discountOn(emulator, subscription, lines);
  const invoice = createInvoice(emulator, {
    customer: idOf(subscription.customer),
    currency: subscription.currency,
    lines,
    billingReason,
    subscription,
    discount,
    tax: taxOf(emulator, subscription, lines, discount?.amount ?? 0),
  });
  subscriptionFiles(emulator).update(subscription.id, { pending: [] });
  emulator
    .records<Subscription>("subscription")
    .update(subscription.id, { latest_invoice: invoice.id });
  return invoice;
}

/** What is taken where its customer lives; undefined when the membership is not taxed. */
function taxOf(emulator: Emulator, subscription: Subscription, lines: LineDraft[], off: number) {
  if (!subscription.automatic_tax.enabled) return undefined;
  const customer = emulator
    .records<Stripe.Customer>("customer")
    .find(idOf(subscription.customer) ?? "");
  return taxOn(customer?.address, lines.reduce((sum, { amount }) => sum + amount, 0) - off);
}

function periodLine(
  emulator: Emulator,
  subscription: Subscription,
  item: Stripe.SubscriptionItem,
): LineDraft {
  const product = emulator.records<Stripe.Product>("product").find(idOf(item.price.product) ?? "");
  const quantity = item.quantity ?? 1;
  const isTrial = subscription.status === "trialing";
  return {
    amount: isTrial ? 0 : (item.price.unit_amount ?? 0) * quantity,
    description: `${isTrial ? "Trial period for" : `${quantity} ×`} ${product?.name ?? ""}`,
    period: { start: item.current_period_start, end: item.current_period_end },
    price: item.price,
    quantity,
    subscription: subscription.id,
    item: item.id,
  };
}

/** What the membership's coupon takes off what is charged for, unless its time is over. */
function discountOn(emulator: Emulator, subscription: Subscription, lines: LineDraft[]) {
  const { discount } = subscriptionFiles(emulator).get(subscription.id);
  if (!discount) return null;
  const isOver = discount.until !== null && discount.until < emulator.clock.seconds();
  if (isOver && !isFirstCharge(emulator, subscription, discount.id)) return null;

  const only = discount.coupon.applies_to?.products;
  const base = lines
    .filter(({ isProration, price }) => {
      const isMeant = !only || only.includes(idOf(price?.product) ?? "");
      return !isProration && isMeant;
    })
    .reduce((sum, { amount }) => sum + amount, 0);
  const amount = amountOff(discount.coupon, base);
  return amount > 0 ? { id: discount.id, amount } : null;
}

/** A coupon for one invoice is for the first that costs something, after a trial too. */
function isFirstCharge(emulator: Emulator, { id }: Subscription, discountId: string): boolean {
  const { discount } = subscriptionFiles(emulator).get(id);
  if (discount?.coupon.duration !== "once") return false;
  const invoices = emulator.records<Stripe.Invoice>("invoice").all();
  return !invoices.some(({ discounts }) => discounts.includes(discountId));
}
