import type Stripe from "stripe";
import { expect } from "vitest";

import { countFees } from "./steps/no-show-fees.ts";
import type { Run } from "./steps/run.ts";

type Membership = {
  id: string;
  status: string;
  is_ending: boolean;
  intent: string | null;
  subscription: string | null;
  cents: number;
};

/** Our word for each of Stripe's, while nothing is paused. */
const STATUSES: Record<string, string> = {
  active: "active",
  trialing: "trialing",
  past_due: "past_due",
  canceled: "ended",
};

/**
 * What must hold of memberships once everything has settled: they stand as they do at Stripe, what
 * clients decided is done there, and each invoice that was paid gave the sessions of one period, once.
 * What was paid for besides, from a second payment page or after one of the two had left, has ended and gave
 * nothing.
 *
 * @returns how often what came to pass that only Stripe tells
 */
export async function expectMembershipsAsAtStripe(
  run: Run,
): Promise<[name: string, count: number][]> {
  const { database, stripe } = run;
  const memberships = await database.run<Membership>(`
    select memberships.id, memberships.status, is_ending, intent, stripe_subscription_id as subscription,
      offers.price_cents as cents
    from public.memberships join public.offers on offers.id = memberships.offer_id
    where memberships.status <> 'incomplete'
      and not (memberships.status = 'ended' and stripe_subscription_id is null) -- Left before it was paid for.
  `);
  const { data: subscriptions } = await stripe.subscriptions.list({ status: "all", limit: 100 });
  const known = new Set(memberships.map(({ subscription }) => subscription));
  const [own, others] = [
    subscriptions.filter(({ id }) => known.has(id)),
    subscriptions.filter(({ id }) => !known.has(id)),
  ];
  expect(memberships.map(factsOf).sort(byId), "how memberships stand").toEqual(
    own.map(stripesFactsOf).sort(byId),
  );
  expect(
    others.filter((one) => !isEnded(one)).map(({ id }) => id),
    "what nobody knows of",
  ).toEqual([]);

  const { data: invoices } = await stripe.invoices.list({ status: "paid", limit: 100 });
  const periods = invoices.filter(({ parent }) => parent?.subscription_details);
  const granted = await database.run<{ invoice: string; sessions: number; expected: number }>(`
    select orders.stripe_invoice_id as invoice,
      case
        when private.has_left(orders.client_id, orders.coach_id, greatest(orders.paid_at, orders.created_at)) then 0
        else offers.sessions_a_month * case offers.billing_interval when 'year' then 12 else 1 end
      end as expected,
      coalesce(sum(credit_entries.sessions), 0)::integer as sessions
    from public.orders
    join public.offers on offers.id = orders.offer_id
    left join public.credit_entries on credit_entries.order_id = orders.id and credit_entries.kind = 'granted'
    where orders.membership_id is not null
    group by orders.id, offers.id
    order by 1
  `);
  expect(
    granted.map(({ invoice }) => invoice),
    "paid periods",
  ).toEqual(periods.map(({ id }) => id).sort());
  const gave = new Set(periods.filter((one) => known.has(subscriptionOf(one))).map(({ id }) => id));
  for (const { invoice, sessions, expected } of granted) {
    expect(sessions, "sessions of a period").toBe(gave.has(invoice) ? expected : 0);
  }

  const renewed = new Set(periods.filter(isRenewal).map(subscriptionOf)).size;
  return [
    ...(await countFees(run)),
    ["renewals", periods.filter(isRenewal).length],
    ["years", periods.filter(isOfYear).length],
    ["renewals of a year", periods.filter((one) => isOfYear(one) && isRenewal(one)).length],
    ["trials", periods.filter(({ amount_paid: paid }) => paid === 0).length],
    ["renewals recovered", periods.filter(({ attempt_count: tries }) => tries > 1).length],
    ["ended unpaid", subscriptions.filter(isEndedUnpaid).length],
    ["ended as decided", subscriptions.filter((one) => isEnded(one) && !isEndedUnpaid(one)).length],
    ["periods of a pause", (await stripe.invoices.list({ status: "void" })).data.length],
    ["paid for twice", others.length],
    ["plans changed", new Set(periods.filter(isRenewal).map(planOf)).size > renewed ? 1 : 0],
  ];
}

function factsOf({ status, is_ending, intent, subscription, cents }: Membership) {
  const isEnding = status === "ended" || is_ending;
  return { id: subscription ?? "", status, isEnding, intent, cents };
}

function stripesFactsOf({ id, status, items, ...subscription }: Stripe.Subscription) {
  const isPaused = subscription.pause_collection !== null && status !== "canceled";
  return {
    id,
    status: isPaused ? "paused" : STATUSES[status],
    isEnding: status === "canceled" || subscription.cancel_at_period_end,
    intent: null,
    cents: items.data[0]?.price.unit_amount,
  };
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id.localeCompare(other.id);
}

function isRenewal({ billing_reason: reason }: Stripe.Invoice): boolean {
  return reason === "subscription_cycle";
}

/** Whether an invoice is for a whole year. */
function isOfYear({ lines }: Stripe.Invoice): boolean {
  const { start, end } = lines.data[0]!.period;
  return end - start > 300 * 86_400;
}

function isEnded({ status }: Stripe.Subscription): boolean {
  return status === "canceled";
}

function isEndedUnpaid(subscription: Stripe.Subscription): boolean {
  return subscription.cancellation_details?.reason === "payment_failed";
}

function subscriptionOf({ parent }: Stripe.Invoice): string {
  const subscription = parent?.subscription_details?.subscription;
  return typeof subscription === "string" ? subscription : (subscription?.id ?? "");
}

/** Which membership was paid at which price. */
function planOf(invoice: Stripe.Invoice): string {
  return `${subscriptionOf(invoice)} ${invoice.lines.data[0]?.amount}`;
}
