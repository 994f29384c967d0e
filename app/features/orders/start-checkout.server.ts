import { createHash } from "node:crypto";

import type Stripe from "stripe";

import type { Db } from "~/lib/db.server";
import { getEnv } from "~/lib/env.server";
import { getLogger } from "~/lib/logger.server";
import { bookingCheckoutPath, bookingPaidPath } from "~/lib/paths";
import { checkedAnswer, getStripe } from "~/lib/stripe.server";

import { recordCheckout, type Checkout, type HeldCheckout } from "./orders.server";

/**
 * How much longer than the hold a payment page stays open. Stripe wants at least 30 minutes from
 * when it is made, which may be the hold's last second. A hold that lapses closes the page itself.
 */
const PAGE_OUTLIVES_HOLD = 31 * 60 * 1000;

export type StartedCheckout = { ok: true; url: string } | { ok: false };

/**
 * Stripe's payment page for a held booking: the one that was made before, or a new one.
 *
 * Asking twice makes one page: the keys depend on the person and the order alone, and so does all
 * that is sent, the page's end included. So a page whose address we could not note down is found
 * again the next time.
 *
 * @param db the client's
 * @param checkout what is paid
 * @param profileId the client
 * @returns the page's address; not ok when Stripe can't be reached, which is logged
 */
export async function startCheckout(
  db: Db,
  checkout: HeldCheckout,
  profileId: string,
): Promise<StartedCheckout> {
  if (checkout.checkout_url) return { ok: true, url: checkout.checkout_url };

  try {
    const customerId =
      checkout.stripe_customer_id ?? (await createCustomer(profileId, checkout.email));
    const expiresAt = new Date(Date.parse(checkout.hold_expires_at) + PAGE_OUTLIVES_HOLD);
    const session = checkedAnswer(
      await getStripe().checkout.sessions.create(
        sessionParams(checkout, { customerId, expiresAt }),
        { idempotencyKey: `checkout:${checkout.order_id}` },
      ),
    );
    if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);

    await recordCheckout(db, {
      orderId: checkout.order_id,
      customerId,
      sessionId: session.id,
      url: session.url,
      expiresAt,
    });
    return { ok: true, url: session.url };
  } catch (error) {
    getLogger().error(
      { err: error, bookingId: checkout.first_booking_id },
      "checkout could not be started",
    );
    return { ok: false };
  }
}

async function createCustomer(profileId: string, email: string | null): Promise<string> {
  // The same key with another e-mail would be refused, so the key says which.
  const digest = createHash("sha256")
    .update(email ?? "")
    .digest("hex")
    .slice(0, 16);
  const customer = checkedAnswer(
    await getStripe().customers.create(
      { ...(email ? { email } : {}), metadata: { profile_id: profileId } },
      { idempotencyKey: `customer:${profileId}:${digest}` },
    ),
  );
  return customer.id;
}

function sessionParams(
  checkout: Checkout,
  page: { customerId: string; expiresAt: Date },
): Stripe.Checkout.SessionCreateParams {
  const { APP_ORIGIN } = getEnv();
  const metadata = { order_id: checkout.order_id, booking_id: checkout.first_booking_id };
  return {
    mode: "payment",
    ui_mode: "hosted_page",
    customer: page.customerId,
    client_reference_id: checkout.order_id,
    metadata,
    line_items: [
      {
        quantity: checkout.session_count,
        price_data: {
          currency: checkout.currency,
          unit_amount: checkout.amount_cents / checkout.session_count,
          product_data: {
            name: checkout.offer_title,
            description: `Coaching session with ${checkout.coach_name}`,
          },
        },
      },
    ],
    payment_intent_data: {
      metadata,
      transfer_group: `order_${checkout.order_id}`,
      // Of a request the bank only holds the money; it is taken when the coach accepts.
      ...(!checkout.is_instant && { capture_method: "manual" }),
    },
    // The bank only holds the money of a request: there is nothing to invoice yet.
    ...(checkout.is_instant && { invoice_creation: { enabled: true, invoice_data: { metadata } } }),
    expires_at: Math.floor(page.expiresAt.getTime() / 1000),
    success_url: APP_ORIGIN + bookingPaidPath(checkout.first_booking_id),
    cancel_url: APP_ORIGIN + bookingCheckoutPath(checkout.first_booking_id),
  };
}
