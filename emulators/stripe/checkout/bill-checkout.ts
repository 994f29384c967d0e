import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { createInvoice, finalizeInvoice } from "../billing/create-invoice.ts";
import { linkPayment, noteIntentPaid } from "../billing/invoice-outcomes.ts";
import type { Emulator } from "../emulator.ts";
import { plans } from "./session-plans.ts";

type Session = Stripe.Checkout.Session;

/** Makes the invoice of a payment that was made, when its checkout asked for one. */
export function billCheckout(emulator: Emulator, id: string): void {
  const sessions = emulator.records<Session>("checkout.session");
  const session = sessions.get(id);
  const { items, intentId } = plans(emulator).get(id);
  if (!session.invoice_creation?.enabled || !intentId) return;

  const intent = emulator.records<Stripe.PaymentIntent>("payment_intent").get(intentId);
  const data = session.invoice_creation.invoice_data;
  const now = emulator.clock.seconds();
  const draft = createInvoice(emulator, {
    customer: idOf(intent.customer),
    currency: intent.currency,
    lines: items.map((item) => ({
      amount: item.amount_total - item.amount_tax,
      description: item.description ?? "",
      period: { start: now, end: now },
      price: item.price,
      quantity: item.quantity ?? 1,
    })),
    billingReason: "manual",
    tax: session.automatic_tax.enabled ? (session.total_details?.amount_tax ?? 0) : undefined,
    metadata: { ...data.metadata },
    description: data.description,
  });
  const invoice = finalizeInvoice(emulator, draft);
  linkPayment(emulator, invoice, intentId);
  noteIntentPaid(emulator, intentId);
  sessions.update(id, { invoice: invoice.id });
}
