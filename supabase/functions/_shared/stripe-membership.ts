import type Stripe from "stripe";

import { stripe } from "./stripe.ts";

/** In the metadata of a subscription that is not charged since its coach is suspended: how it stood before. */
export const HALTED = "halted_while";

/**
 * How a membership stands at Stripe, as record_membership takes it (supabase/schemas/memberships).
 * When the reading began comes along: of two readings, the later one counts.
 *
 * @param subscriptionId what to read
 * @param invoiceIds invoices of it to read besides its latest
 */
export async function readMembership(
  subscriptionId: string,
  invoiceIds: string[] = [],
): Promise<object> {
  const readAt = new Date();
  const subscription = await stripe.subscriptions.retrieve(subscriptionId);
  const latest = idOf(subscription.latest_invoice);
  const ids = [...new Set([...invoiceIds, ...(latest ? [latest] : [])])];
  const invoices = await Promise.all(
    ids.map((id) => stripe.invoices.retrieve(id, { expand: ["payments"] })),
  );
  return {
    read_at: readAt.toISOString(),
    subscription: subscriptionFacts(subscription),
    invoices: invoices.map((invoice) => invoiceFacts(invoice, subscription)),
  };
}

function subscriptionFacts(subscription: Stripe.Subscription): object {
  const [item] = subscription.items.data;
  return {
    id: subscription.id,
    membership_id: subscription.metadata["membership_id"] ?? null,
    status: subscription.status,
    is_paused: subscription.pause_collection !== null,
    is_halted: HALTED in subscription.metadata,
    is_ending: subscription.cancel_at_period_end || subscription.cancel_at !== null,
    item_id: item?.id ?? null,
    price_id: item?.price.id ?? null,
    period_starts_at: instant(item?.current_period_start),
    period_ends_at: instant(item?.current_period_end),
    trial_ends_at: instant(subscription.trial_end),
    ended_at: instant(subscription.ended_at),
  };
}

function invoiceFacts(invoice: Stripe.Invoice, subscription: Stripe.Subscription): object {
  const lines = invoice.lines.data;
  const isProration = (line: Stripe.InvoiceLineItem) =>
    line.parent?.subscription_item_details?.proration ?? false;
  // The period that is paid for; of a change in the middle of one, what is left of it.
  const line = lines.find((each) => !isProration(each)) ?? lines.at(-1);
  return {
    id: invoice.id,
    membership_id: subscription.metadata["membership_id"] ?? null,
    subscription_id: subscription.id,
    status: invoice.status,
    amount_paid: invoice.amount_paid,
    tax_cents: taxPaid(invoice),
    currency: invoice.currency,
    is_first: invoice.billing_reason === "subscription_create",
    is_period: lines.some((each) => !isProration(each)),
    has_proration: lines.some(isProration),
    price_id: line?.pricing?.price_details?.price ?? null,
    period_starts_at: instant(line?.period.start),
    period_ends_at: instant(line?.period.end),
    payment_intent_id:
      invoice.payments?.data.map(({ payment }) => idOf(payment.payment_intent)).find(Boolean) ??
      null,
    paid_at: instant(invoice.status_transitions.paid_at),
    created_at: instant(invoice.created),
    number: invoice.number,
    hosted_invoice_url: invoice.hosted_invoice_url,
    invoice_pdf: invoice.invoice_pdf,
  };
}

/** The tax on top of what was paid: all of it, unless a credit has paid a part of the whole. */
function taxPaid({ amount_paid, total, total_taxes }: Stripe.Invoice): number {
  const onTop = (total_taxes ?? []).filter(({ tax_behavior }) => tax_behavior === "exclusive");
  const tax = onTop.reduce((sum, { amount }) => sum + amount, 0);
  return total > 0 ? Math.round((tax * amount_paid) / total) : 0;
}

/** Stripe's seconds since 1970, as Postgres reads them. */
function instant(seconds: number | null | undefined): string | null {
  return seconds ? new Date(seconds * 1000).toISOString() : null;
}

export function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === "string" ? value : (value?.id ?? null);
}
