import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { changeMetadata } from "../api/metadata.ts";
import { finalizeInvoice } from "../billing/create-invoice.ts";
import { linkPayment, markInvoicePaid, noteIntentPaid } from "../billing/invoice-outcomes.ts";
import { subscribe } from "../billing/subscribe.ts";
import type { Emulator } from "../emulator.ts";
import { discountOf } from "./session-discount.ts";
import { plans, trialEndOf } from "./session-plans.ts";

type Session = Stripe.Checkout.Session;

/**
 * Begins the membership that a checkout was about.
 *
 * @param payer the customer, and the card; null when a trial asked for none
 * @returns what the session tells of it
 */
export function startMembership(
  emulator: Emulator,
  session: Session,
  payer: { customer: string; method: string | null },
): Partial<Session> {
  const { items, subscriptionData, intentId } = plans(emulator).get(session.id);
  const recurring = items.flatMap(({ price, quantity }) =>
    price?.recurring ? [{ price, quantity: quantity ?? 1 }] : [],
  );
  const { subscription, invoice } = subscribe(
    emulator,
    {
      customer: payer.customer,
      items: recurring,
      defaultMethod: payer.method,
      description: subscriptionData.description,
      metadata: changeMetadata({}, subscriptionData.metadata),
      trialEnd: trialEndOf(subscriptionData, emulator.clock.seconds()),
      whenMethodMissing:
        subscriptionData.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice",
      isTaxed: session.automatic_tax.enabled,
      billingMode: subscriptionData.billing_mode?.type ?? "flexible",
    },
    {
      discount: discountOf(emulator, session),
      onceItems: items.filter(({ price }) => !price?.recurring),
    },
  );

  const open = finalizeInvoice(emulator, invoice);
  const intent = emulator.records<Stripe.PaymentIntent>("payment_intent").find(intentId ?? "");
  if (intent) {
    linkPayment(emulator, open, intent.id);
    noteIntentPaid(emulator, intent.id);
  } else {
    markInvoicePaid(emulator, open.id);
  }
  return {
    customer: payer.customer,
    invoice: invoice.id,
    subscription: subscription.id,
    payment_status: idOf(intent) ? "paid" : "no_payment_required",
  };
}
