import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { confirmIntent, type Attempt } from "../payments/confirm-intent.ts";
import { createPaymentIntent } from "../payments/intent-states.ts";
import { finalizeInvoice } from "./create-invoice.ts";
import { linkPayment, markInvoicePaid, paymentsOf, subscriptionOf } from "./invoice-outcomes.ts";

type Invoice = Stripe.Invoice;

/** Finalizes a draft and takes its money from the card that its customer has left for that. */
export function collectInvoice(emulator: Emulator, draft: Invoice): Invoice {
  const invoice = finalizeInvoice(emulator, draft);
  if (invoice.amount_due === 0) return markInvoicePaid(emulator, invoice.id);
  const method = defaultMethod(emulator, invoice);
  if (method) payInvoice(emulator, invoice, method, { isOffSession: true });
  return emulator.records<Invoice>("invoice").get(invoice.id);
}

/** Takes the money of an open invoice. */
export function payInvoice(
  emulator: Emulator,
  invoice: Invoice,
  method: Stripe.PaymentMethod,
  how: { isOffSession: boolean; returnUrl?: string },
): Attempt {
  return confirmIntent(emulator, intentOf(emulator, invoice), method, how);
}

function intentOf(emulator: Emulator, invoice: Invoice): Stripe.PaymentIntent {
  const intents = emulator.records<Stripe.PaymentIntent>("payment_intent");
  const [known] = paymentsOf(emulator, invoice.id);
  if (known) return intents.get(idOf(known.payment.payment_intent) ?? "");
  const intent = createPaymentIntent(emulator, {
    amount: invoice.amount_due,
    captureMethod: "automatic",
    currency: invoice.currency,
    customer: idOf(invoice.customer),
    description: invoice.parent ? "Subscription update" : invoice.description,
    metadata: {},
  });
  linkPayment(emulator, invoice, intent.id);
  return intent;
}

/** The card that pays by itself: the membership's, else its customer's; null when there is none. */
export function defaultMethod(emulator: Emulator, invoice: Invoice): Stripe.PaymentMethod | null {
  const customer = emulator.records<Stripe.Customer>("customer").find(idOf(invoice.customer) ?? "");
  const id =
    idOf(subscriptionOf(emulator, invoice)?.default_payment_method) ??
    idOf(customer?.invoice_settings.default_payment_method);
  const method = emulator.records<Stripe.PaymentMethod>("payment_method").find(id ?? "");
  return method?.customer ? method : null;
}

/** Tries the declined invoices again whose time has come. */
export function retryDueInvoices(emulator: Emulator): void {
  const now = emulator.clock.seconds();
  for (const invoice of emulator.records<Invoice>("invoice").all()) {
    if (invoice.status !== "open" || (invoice.next_payment_attempt ?? Infinity) > now) continue;
    const method = defaultMethod(emulator, invoice);
    if (method) payInvoice(emulator, invoice, method, { isOffSession: true });
  }
}
