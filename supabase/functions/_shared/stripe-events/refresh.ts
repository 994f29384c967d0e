import type Stripe from "stripe";

import { idOf } from "../stripe-membership.ts";
import type { TaxedIntent } from "../stripe-tax.ts";

type Readers = {
  session: (id: string) => Promise<Stripe.Checkout.Session>;
  paymentIntent: (id: string) => Promise<Stripe.PaymentIntent>;
  /** What of a payment is tax, in cents. */
  tax: (intent: TaxedIntent) => Promise<number>;
  refund: (id: string) => Promise<Stripe.Refund>;
  dispute: (id: string) => Promise<Stripe.Dispute>;
  invoice: (id: string) => Promise<Stripe.Invoice>;
  account: (id: string) => Promise<Stripe.Account>;
  transfer: (id: string) => Promise<Stripe.Transfer>;
  /** By which invoices a payment intent is asked for. */
  invoicesPaidBy: (intentId: string) => Promise<Stripe.Invoice[]>;
  /** How a membership stands, and what of its invoices. */
  membership: (subscriptionId: string, invoiceIds: string[]) => Promise<object>;
  /** Of a connected account, or of our own. */
  payout: (id: string, account: string | undefined) => Promise<Stripe.Payout>;
};

/**
 * Makes the function that replaces an event's object by what Stripe has now: an event that
 * comes late tells an old state, and acting on it would undo a newer one. Objects that we do
 * not act on stay as they came.
 */
export function createRefresh(read: Readers) {
  return async function refresh(event: Stripe.Event): Promise<Stripe.Event> {
    const { id, object } = event.data.object as { id: string; object: string };
    switch (object) {
      case "checkout.session":
        return withMembership(withObject(event, await read.session(id)));
      case "payment_intent":
        return withTax(await withMembership(withObject(event, await read.paymentIntent(id))));
      case "charge":
        return withTax(event);
      case "refund":
        return withObject(event, await read.refund(id));
      case "dispute":
        return withObject(event, await read.dispute(id));
      case "invoice":
        return withMembership(withObject(event, await read.invoice(id)));
      case "subscription":
        return withMembership(event);
      case "account":
        return withObject(event, await read.account(id));
      case "transfer":
        return withObject(event, await read.transfer(id));
      case "payout":
        return withObject(event, await read.payout(id, event.account));
      default:
        return event;
    }
  };

  /** A payment and its charge do not say what of them is tax. */
  async function withTax(event: Stripe.Event): Promise<Stripe.Event> {
    const paid = event.data.object as Stripe.PaymentIntent | Stripe.Charge;
    const intent = paid.object === "charge" ? { ...paid, id: idOf(paid.payment_intent) } : paid;
    if (!intent.id) return event;
    const tax_cents = await read.tax({ ...intent, id: intent.id });
    return tax_cents > 0 ? ({ ...event, tax_cents } as unknown as Stripe.Event) : event;
  }

  /** Every event that is about a membership comes with all of it, so that their order does not matter. */
  async function withMembership(event: Stripe.Event): Promise<Stripe.Event> {
    const found = await membershipOf(event.data.object as SomeObject);
    if (!found) return event;
    const membership = await read.membership(found.subscriptionId, found.invoiceIds);
    return { ...event, membership } as unknown as Stripe.Event;
  }

  async function membershipOf(object: SomeObject) {
    switch (object.object) {
      case "checkout.session":
        return of(object.subscription, []);
      case "subscription":
        return of(object, []);
      case "invoice":
        return of(object.parent?.subscription_details?.subscription, [object.id]);
      case "payment_intent": {
        // Ours carry an order; those that Stripe makes for an invoice carry nothing.
        if (object.metadata["order_id"]) return null;
        const [invoice] = await read.invoicesPaidBy(object.id);
        return of(invoice?.parent?.subscription_details?.subscription, invoice ? [invoice.id] : []);
      }
    }
  }
}

type SomeObject =
  Stripe.Checkout.Session | Stripe.Subscription | Stripe.Invoice | Stripe.PaymentIntent;

function of(subscription: string | { id: string } | null | undefined, invoiceIds: string[]) {
  const subscriptionId = idOf(subscription);
  return subscriptionId ? { subscriptionId, invoiceIds } : null;
}

function withObject(event: Stripe.Event, object: object): Stripe.Event {
  return { ...event, data: { ...event.data, object } } as Stripe.Event;
}
