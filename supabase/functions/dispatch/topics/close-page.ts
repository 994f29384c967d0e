import { stripe, stripeError } from "../../_shared/stripe.ts";
import { VendorError } from "../../_shared/vendor-error.ts";
import { readIntent } from "./read-intent.ts";

/** What record_closed_checkout takes of a payment page (supabase/schemas/orders). */
export type ClosedPage = {
  id: string;
  payment_status: string;
  payment_intent: unknown;
  amount_total: number | null;
  tax_cents: number;
  currency: string | null;
  /** What Stripe says of its payment, when the page itself does not. */
  intent?: { status: string };
  /** Nothing was paid on it, and nothing can be any more. */
  is_over: boolean;
};

/**
 * Closes a payment page, and says what became of it: one that is not open any more was paid, or closed
 * before. Afterwards nobody can pay on it.
 *
 * @param id the page's, as it was noted for the order
 * @param orderId whose page it must be by its metadata, which the site sets: what was paid for one order is
 *   never recorded for another
 * @throws VendorError permanent when it is another's
 */
export async function closePage(id: string, orderId: string): Promise<ClosedPage> {
  try {
    const found = await stripe.checkout.sessions.retrieve(id);
    if (found.metadata?.["order_id"] !== orderId)
      throw new VendorError(`stripe: page ${id} is not of order ${orderId}`, { isPermanent: true });
    const session = found.status === "open" ? await expire(id) : found;
    const { status, payment_status, payment_intent, amount_total, total_details, currency } =
      session;
    const tax_cents = total_details?.amount_tax ?? 0;
    const page = { id, payment_status, payment_intent, amount_total, tax_cents, currency };
    // Complete and unpaid: the bank may hold the money of a request, or take days to pay, which only the intent says.
    if (status !== "complete" || payment_status !== "unpaid" || typeof payment_intent !== "string")
      return { ...page, is_over: status === "expired" };
    const intent = await readIntent(await stripe.paymentIntents.retrieve(payment_intent));
    const is_over = intent.status === "requires_payment_method" || intent.status === "canceled";
    return { ...page, intent, is_over };
  } catch (error) {
    throw stripeError(error);
  }
}

/** Stripe refuses (400) when it was paid, or closed, in this moment: what it says now is returned. */
async function expire(id: string) {
  const session = await stripe.checkout.sessions.expire(id).catch((error: unknown) => {
    const failure = stripeError(error);
    if (failure instanceof VendorError && failure.isPermanent)
      return stripe.checkout.sessions.retrieve(id);
    throw failure;
  });
  return session;
}
