import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { newId } from "../api/new-id.ts";
import type { Emulator } from "../emulator.ts";
import type { Decline } from "../payments/cards.ts";
import { endSubscription, updateSubscription } from "./subscription-changes.ts";

type Invoice = Stripe.Invoice;

const DAY_SECONDS = 24 * 60 * 60;

/** When a declined renewal is tried again: days after each attempt. Then the membership ends. */
const DAYS_UNTIL_RETRY = [3, 5, 7];

function invoices(emulator: Emulator) {
  return emulator.records<Invoice>("invoice");
}

/** By which payment intents invoices are paid. */
export function invoicePayments(emulator: Emulator) {
  return emulator.records<Stripe.InvoicePayment>("invoice_payment");
}

/** The payments of an invoice. */
export function paymentsOf(emulator: Emulator, invoiceId: string): Stripe.InvoicePayment[] {
  return invoicePayments(emulator)
    .all()
    .filter(({ invoice }) => invoice === invoiceId);
}

/** Says that a payment intent is for an invoice. */
export function linkPayment(
  emulator: Emulator,
  invoice: Invoice,
  intentId: string,
): Stripe.InvoicePayment {
  return invoicePayments(emulator).add({
    id: newId("inpay_1"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: emulator.clock.seconds(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: "payment_intent", payment_intent: intentId },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

/** A payment intent succeeded: when it is for an invoice, that is paid. */
export function noteIntentPaid(emulator: Emulator, intentId: string): void {
  const payment = paymentBy(emulator, intentId);
  if (!payment) return;
  const now = emulator.clock.seconds();
  const paid = invoicePayments(emulator).update(payment.id, {
    amount_paid: payment.amount_requested,
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: now },
  });
  emulator.emit("invoice_payment.paid", paid);
  markInvoicePaid(emulator, idOf(payment.invoice) ?? "");
}

/** A payment intent was declined: when it is for an invoice, that is tried again, or given up. */
export function noteIntentDeclined(emulator: Emulator, intentId: string, decline: Decline): void {
  const payment = paymentBy(emulator, intentId);
  if (!payment) return;
  const before = invoices(emulator).get(idOf(payment.invoice) ?? "");
  const attempts = before.attempt_count + 1;
  const days = DAYS_UNTIL_RETRY[attempts - 1];
  const invoice = invoices(emulator).update(before.id, {
    attempt_count: attempts,
    attempted: true,
    next_payment_attempt: days ? emulator.clock.seconds() + days * DAY_SECONDS : null,
  });
  emulator.emit("invoice.payment_failed", invoice);
  if (decline.code === "authentication_required") {
    emulator.emit("invoice.payment_action_required", invoice);
  }

  const subscription = subscriptionOf(emulator, invoice);
  if (!subscription) return;
  if (days === undefined) endSubscription(emulator, subscription.id, "payment_failed");
  else if (["active", "trialing"].includes(subscription.status)) {
    updateSubscription(emulator, subscription.id, { status: "past_due" });
  }
}

function paymentBy(emulator: Emulator, intentId: string): Stripe.InvoicePayment | undefined {
  return invoicePayments(emulator)
    .all()
    .find(({ payment, status }) => payment.payment_intent === intentId && status === "open");
}

/** Notes that nothing more is owed, and lets a membership go on that waited for it. */
export function markInvoicePaid(emulator: Emulator, id: string): Invoice {
  const before = invoices(emulator).get(id);
  const invoice = invoices(emulator).update(id, {
    amount_paid: before.amount_due,
    amount_remaining: 0,
    attempt_count: before.amount_due > 0 ? before.attempt_count + 1 : before.attempt_count,
    attempted: true,
    next_payment_attempt: null,
    status: "paid",
    status_transitions: { ...before.status_transitions, paid_at: emulator.clock.seconds() },
  });
  emulator.emit("invoice.paid", invoice);
  emulator.emit("invoice.payment_succeeded", invoice);
  const subscription = subscriptionOf(emulator, invoice);
  if (subscription && ["past_due", "incomplete", "unpaid"].includes(subscription.status)) {
    updateSubscription(emulator, subscription.id, { status: "active" });
  }
  return invoice;
}

/** The membership that an invoice is for; null when it is for something else. */
export function subscriptionOf(
  emulator: Emulator,
  { parent }: Invoice,
): Stripe.Subscription | null {
  const id = idOf(parent?.subscription_details?.subscription);
  return id ? emulator.records<Stripe.Subscription>("subscription").get(id) : null;
}
