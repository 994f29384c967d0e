import type Stripe from "stripe";

import { AUTOMATIC_TAX, createCustomer } from "~/features/orders/start-checkout.server";
import type { Db } from "~/lib/db.server";
import { getEnv } from "~/lib/env.server";
import { getLogger } from "~/lib/logger.server";
import { membershipBegunPath, subscribePath } from "~/lib/paths";
import { recordMembershipCheckout } from "~/lib/service-db.server";
import { getStripe } from "~/lib/stripe.server";

import { findMembershipCheckout, type MembershipCheckout } from "./memberships.server";
import { makeStripePrice } from "./stripe-price.server";

/**
 * Stripe's payment page for a membership that was begun: the one that was made before, or a new one.
 * The keys depend on the membership and the attempt, and so does all that is sent: asked twice, it is
 * one page.
 *
 * @param db the client's
 * @param membershipId theirs
 * @param profileId the client
 * @returns the page's address; null when Stripe can't be reached, which is logged
 */
export async function startMembership(
  db: Db,
  membershipId: string,
  profileId: string,
): Promise<string | null> {
  const checkout = await findMembershipCheckout(db, membershipId);
  if (!checkout) return null;
  if (checkout.checkout_url) return checkout.checkout_url;

  try {
    const customerId =
      checkout.stripe_customer_id ?? (await createCustomer(profileId, checkout.email));
    const priceId = checkout.stripe_price_id ?? (await makeStripePrice(db, checkout.offer_id));
    const session = await getStripe().checkout.sessions.create(
      sessionParams(membershipId, checkout, { customerId, priceId }),
      { idempotencyKey: `membership_checkout:${membershipId}:${checkout.attempt}` },
    );
    if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);
    await recordMembershipCheckout(profileId, {
      membershipId,
      attempt: checkout.attempt,
      sessionId: session.id,
      url: session.url,
    });
    return session.url;
  } catch (error) {
    getLogger().error({ err: error, membershipId }, "membership could not be started");
    return null;
  }
}

function sessionParams(
  membershipId: string,
  checkout: MembershipCheckout,
  { customerId, priceId }: { customerId: string; priceId: string },
): Stripe.Checkout.SessionCreateParams {
  const { APP_ORIGIN } = getEnv();
  const metadata = { membership_id: membershipId };
  return {
    mode: "subscription",
    ui_mode: "hosted_page",
    customer: customerId,
    client_reference_id: membershipId,
    metadata,
    line_items: [{ price: priceId, quantity: 1 }],
    ...(checkout.automatic_tax && AUTOMATIC_TAX),
    subscription_data: {
      metadata,
      billing_mode: { type: "flexible" },
      ...(checkout.trial_days > 0 && { trial_period_days: checkout.trial_days }),
    },
    expires_at: Math.floor(Date.parse(checkout.checkout_expires_at) / 1000),
    success_url: APP_ORIGIN + membershipBegunPath(membershipId),
    cancel_url: APP_ORIGIN + subscribePath(checkout.coach_slug, checkout.offer_id),
  };
}
