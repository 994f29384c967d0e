import type Stripe from "stripe";

type Readers = {
  session: (id: string) => Promise<Stripe.Checkout.Session>;
  paymentIntent: (id: string) => Promise<Stripe.PaymentIntent>;
  refund: (id: string) => Promise<Stripe.Refund>;
  invoice: (id: string) => Promise<Stripe.Invoice>;
  account: (id: string) => Promise<Stripe.Account>;
  transfer: (id: string) => Promise<Stripe.Transfer>;
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
        return withObject(event, await read.session(id));
      case "payment_intent":
        return withObject(event, await read.paymentIntent(id));
      case "refund":
        return withObject(event, await read.refund(id));
      case "invoice":
        return withObject(event, await read.invoice(id));
      case "account":
        return withObject(event, await read.account(id));
      case "transfer":
        return withObject(event, await read.transfer(id));
      default:
        return event;
    }
  };
}

function withObject(event: Stripe.Event, object: object): Stripe.Event {
  return { ...event, data: { ...event.data, object } } as Stripe.Event;
}
