import type Stripe from "stripe";

import { newId } from "../api/new-id.ts";
import type { Emulator } from "../emulator.ts";
import { invoiceLine, type LineDraft } from "./invoice-lines.ts";

type Invoice = Stripe.Invoice;

type InvoiceDetails = {
  customer: string | null;
  currency: string;
  lines: LineDraft[];
  billingReason: Invoice["billing_reason"];
  subscription?: Stripe.Subscription;
  /** The discount's id and what it takes off, in cents. */
  discount?: { id: string; amount: number } | null;
  /** In cents; undefined when nobody asked for it. */
  tax?: number | undefined;
  metadata?: Record<string, string>;
  description?: string | null;
};

/** Makes an invoice, a draft still. A credit that its customer has is taken off when it is due. */
export function createInvoice(emulator: Emulator, details: InvoiceDetails): Invoice {
  const { customer: customerId, lines, subscription, discount, tax } = details;
  const id = newId("in_1");
  const now = emulator.clock.seconds();
  const customer = emulator.records<Stripe.Customer>("customer").find(customerId ?? "");
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const beforeTax = subtotal - (discount?.amount ?? 0);
  const total = beforeTax + (tax ?? 0);
  const period = lines.at(-1)?.period ?? { start: now, end: now };

  const invoice = emulator.records<Invoice>("invoice").add({
    id,
    object: "invoice",
    account_country: "US",
    account_name: emulator.businessName,
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: automaticTax(tax !== undefined),
    automatically_finalizes_at: null,
    billing_reason: details.billingReason,
    collection_method: "charge_automatically",
    created: now,
    currency: details.currency,
    custom_fields: null,
    customer: customerId,
    customer_account: null,
    customer_address: customer?.address ?? null,
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    customer_phone: customer?.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: details.description ?? null,
    discounts: discount ? [discount.id] : [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: {
      object: "list",
      data: lines.map((line) => invoiceLine(id, line)),
      has_more: false,
      url: `/v1/invoices/${id}/lines`,
    },
    livemode: false,
    metadata: details.metadata ?? {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: subscription
      ? {
          quote_details: null,
          subscription_details: {
            metadata: { ...subscription.metadata },
            subscription: subscription.id,
          },
          type: "subscription_details",
        }
      : null,
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer?.balance ?? 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    subtotal,
    subtotal_excluding_tax: subtotal,
    test_clock: null,
    total,
    total_discount_amounts: discount ? [{ amount: discount.amount, discount: discount.id }] : [],
    total_excluding_tax: beforeTax,
    total_pretax_credit_amounts: [],
    total_taxes: tax === undefined ? [] : [totalTax(tax, beforeTax)],
    webhooks_delivered_at: now,
  });
  emulator.emit("invoice.created", invoice);
  return invoice;
}

function automaticTax(enabled: boolean): Stripe.Invoice.AutomaticTax {
  return {
    disabled_reason: null,
    enabled,
    liability: enabled ? { type: "self" } : null,
    provider: enabled ? "stripe" : null,
    status: enabled ? "complete" : null,
  };
}

function totalTax(amount: number, taxable: number): Stripe.Invoice.TotalTax {
  return {
    amount,
    tax_behavior: "exclusive",
    tax_rate_details: null,
    taxability_reason: amount === 0 ? "not_collecting" : "standard_rated",
    taxable_amount: amount === 0 ? 0 : taxable,
    type: "tax_rate_details",
  };
}

/**
 * Gives an invoice its number and its pages: from now on it is owed, less what its customer is
 * credited with, and what is too much becomes credit.
 */
export function finalizeInvoice(emulator: Emulator, { id, customer, total }: Invoice): Invoice {
  const customers = emulator.records<Stripe.Customer>("customer");
  const payer = customers.find(typeof customer === "string" ? customer : "");
  const startingBalance = payer?.balance ?? 0;
  const due = Math.max(0, total + startingBalance);
  const endingBalance = total + startingBalance - due;
  const sequence = payer?.next_invoice_sequence ?? 1;
  if (payer) {
    customers.update(payer.id, { balance: endingBalance, next_invoice_sequence: sequence + 1 });
  }

  const page = `${emulator.url()}/invoice/${id}`;
  const now = emulator.clock.seconds();
  const invoices = emulator.records<Invoice>("invoice");
  const invoice = invoices.update(id, {
    amount_due: due,
    amount_remaining: due,
    effective_at: now,
    ending_balance: endingBalance,
    hosted_invoice_url: page,
    invoice_pdf: `${page}/pdf`,
    number: `${payer?.invoice_prefix ?? "LOCAL"}-${String(sequence).padStart(4, "0")}`,
    starting_balance: startingBalance,
    status: "open",
    status_transitions: { ...invoices.get(id).status_transitions, finalized_at: now },
  });
  emulator.emit("invoice.finalized", invoice);
  return invoice;
}
