import type Stripe from "stripe";

import { newId } from "../api/new-id.ts";
import { nextPeriodEnd, type Period } from "./periods.ts";

type Subscription = Stripe.Subscription;

export type SubscriptionDetails = {
  customer: string;
  items: { price: Stripe.Price; quantity: number }[];
  defaultMethod: string | null;
  description?: string | null;
  metadata: Record<string, string>;
  /** When the trial ends, in seconds since 1970; null without one. */
  trialEnd: number | null;
  whenMethodMissing: Stripe.Subscription.TrialSettings.EndBehavior.MissingPaymentMethod;
  /** Whether each invoice is taxed as it is where its customer lives. */
  isTaxed: boolean;
  billingMode: Stripe.Subscription.BillingMode.Type;
};

/** A new membership, with everything that the API tells about one. */
export function newSubscription(details: SubscriptionDetails, now: number): Subscription {
  const { items, trialEnd } = details;
  const id = newId("sub_1");
  const recurring = items[0]?.price.recurring;
  if (!recurring) throw new Error("A subscription needs a recurring price");
  const anchor = trialEnd ?? now;
  const period = { start: now, end: trialEnd ?? nextPeriodEnd(now, recurring, now) };

  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: {
      disabled_reason: null,
      enabled: details.isTaxed,
      liability: details.isTaxed ? { type: "self" } : null,
    },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: {
      flexible: details.billingMode === "flexible" ? { proration_discounts: "included" } : null,
      type: details.billingMode,
    },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    created: now,
    currency: items[0]?.price.currency ?? "usd",
    customer: details.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: details.defaultMethod,
    default_source: null,
    default_tax_rates: [],
    description: details.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: {
      object: "list",
      data: items.map(({ price, quantity }) =>
        newItem(id, price, quantity, { created: now, period }),
      ),
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: details.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: trialEnd ? "trialing" : "active",
    test_clock: null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method: details.whenMethodMissing,
      },
    },
    trial_start: trialEnd ? now : null,
  };
}

/** One price of a membership, for a period. */
function newItem(
  subscription: string,
  price: Stripe.Price,
  quantity: number,
  { created, period }: { created: number; period: Period },
): Stripe.SubscriptionItem {
  return {
    id: newId("si_", 14),
    object: "subscription_item",
    billing_thresholds: null,
    created,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}

/** The older form of a price, which the API still tells beside it. */
export function planOf(price: Stripe.Price): Stripe.Plan {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: "per_unit",
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: { ...price.metadata },
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: "licensed",
  };
}
