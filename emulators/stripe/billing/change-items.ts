import type Stripe from "stripe";

import { invalidRequest, noSuch } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { collectInvoice } from "./collect-invoice.ts";
import { draftInvoice } from "./draft-invoice.ts";
import type { LineDraft } from "./invoice-lines.ts";
import { nextPeriodEnd } from "./periods.ts";
import { planOf } from "./subscription-object.ts";
import { subscriptionFiles, updateSubscription } from "./subscription-changes.ts";

type Subscription = Stripe.Subscription;
type Item = Stripe.SubscriptionItem;
type ItemParams = NonNullable<Stripe.SubscriptionUpdateParams["items"]>[number];

/**
 * Changes the price or the number of what a membership is for. What is left of the period is
 * given back at the old price and charged at the new one; another interval begins a new period.
 *
 * @throws StripeFailure for an item or a price that isn't there
 */
export function changeItems(
  emulator: Emulator,
  subscription: Subscription,
  params: ItemParams[],
  behavior: "create_prorations" | "none" | "always_invoice",
): Subscription {
  const changes = params.map((each, position) =>
    plannedChange(emulator, subscription, each, `items[${position}]`),
  );
  const isOtherInterval = changes.some(
    ({ before, price }) => intervalOf(before.price) !== intervalOf(price),
  );
  const isTrial = subscription.status === "trialing";

  if (behavior !== "none" && !isTrial) {
    const pending = changes.flatMap((change) =>
      prorations(emulator, subscription, change, isOtherInterval),
    );
    const file = subscriptionFiles(emulator).get(subscription.id);
    subscriptionFiles(emulator).update(subscription.id, { pending: [...file.pending, ...pending] });
  }
  const changed = keepItems(emulator, subscription, changes, isOtherInterval && !isTrial);
  if (isTrial) return changed;
  if (isOtherInterval) {
    collectInvoice(emulator, draftInvoice(emulator, changed, "subscription_update"));
  } else if (behavior === "always_invoice") {
    collectInvoice(emulator, draftInvoice(emulator, changed, "subscription_update", true));
  }
  return emulator.records<Subscription>("subscription").get(subscription.id);
}

type Change = { before: Item; price: Stripe.Price; quantity: number };

function plannedChange(
  emulator: Emulator,
  subscription: Subscription,
  params: ItemParams,
  param: string,
): Change {
  const before = subscription.items.data.find(({ id }) => id === params.id);
  if (!before) throw noSuch("subscription item", params.id ?? "", `${param}[id]`);
  const price = params.price
    ? emulator.records<Stripe.Price>("price").get(params.price, `${param}[price]`)
    : before.price;
  if (!price.recurring) {
    throw invalidRequest("The price specified is not recurring.", { param: `${param}[price]` });
  }
  return { before, price, quantity: params.quantity ?? before.quantity ?? 1 };
}

function intervalOf({ recurring }: Stripe.Price): string {
  return `${recurring?.interval_count} ${recurring?.interval}`;
}

function prorations(
  emulator: Emulator,
  { id }: Subscription,
  { before, price, quantity }: Change,
  isOtherInterval: boolean,
): LineDraft[] {
  const now = emulator.clock.seconds();
  const { current_period_start: start, current_period_end: end } = before;
  const left = (end - now) / (end - start);
  const names = { from: nameOf(emulator, before.price), to: nameOf(emulator, price) };
  const common = {
    period: { start: now, end },
    subscription: id,
    item: before.id,
    isProration: true,
  };
  const unused: LineDraft = {
    ...common,
    amount: -Math.round((before.price.unit_amount ?? 0) * (before.quantity ?? 1) * left),
    description: `Unused time on ${names.from}`,
    price: before.price,
    quantity: before.quantity ?? 1,
  };
  // The new interval is charged in full.
  if (isOtherInterval) return [unused];
  const remaining: LineDraft = {
    ...common,
    amount: Math.round((price.unit_amount ?? 0) * quantity * left),
    description: `Remaining time on ${names.to}`,
    price,
    quantity,
  };
  return [unused, remaining];
}

function nameOf(emulator: Emulator, { product }: Stripe.Price): string {
  return emulator.records<Stripe.Product>("product").find(idOf(product) ?? "")?.name ?? "";
}

function keepItems(
  emulator: Emulator,
  subscription: Subscription,
  changes: Change[],
  beginsPeriod: boolean,
): Subscription {
  const now = emulator.clock.seconds();
  const data = subscription.items.data.map((item) => {
    const change = changes.find(({ before }) => before.id === item.id);
    if (!change) return item;
    const { price, quantity } = change;
    const changed = { ...item, price, quantity, plan: planOf(price) };
    if (!beginsPeriod || !price.recurring) return changed;
    const end = nextPeriodEnd(now, price.recurring, now);
    return { ...changed, current_period_start: now, current_period_end: end };
  });
  return updateSubscription(emulator, subscription.id, {
    items: { ...subscription.items, data },
    ...(beginsPeriod && { billing_cycle_anchor: now }),
  });
}
