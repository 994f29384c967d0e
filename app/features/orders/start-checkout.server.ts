import { createHash } from "node:crypto";

import type Stripe from "stripe";

import { getEnv } from "~/lib/env.server";
import { getLogger } from "~/lib/logger.server";
import {
  bookingCheckoutPath,
  bookingFeePaidPath,
  bookingFeePath,
  bookingPaidPath,
  orderCheckoutPath,
  orderPaidPath,
} from "~/lib/paths";
import { recordCheckout, recordStripeCustomer } from "~/lib/service-db.server";
import { getStripe } from "~/lib/stripe.server";
import { COACHING_TAX_CODE } from "~/lib/tax-code";

import type { HeldCheckout } from "./orders.server";

/**
 * How much longer than the hold a payment page stays open. Stripe wants at least 30 minutes from
 * when it is made, which may be the hold's last second. A hold that lapses closes the page itself.
 */
const PAGE_OUTLIVES_HOLD = 31 * 60 * 1000;

/**
 * Stripe asks where somebody lives and takes what is due there. The address becomes their customer's,
 * for what is charged later. https://docs.stripe.com/tax/checkout
 */
export const AUTOMATIC_TAX = {
  automatic_tax: { enabled: true },
  customer_update: { address: "auto" },
} satisfies Partial<Stripe.Checkout.SessionCreateParams>;

export type StartedCheckout =
  { ok: true; url: string } | { ok: false; error: string; status: number };

const UNREACHABLE = {
  ok: false,
  error:
    "We can’t reach our payment provider right now. You were not charged: try again in a moment.",
  status: 503,
} as const;

/** An order that waits for its payment. */
type OpenOrder = {
  order_id: string;
  offer_title: string;
  amount_cents: number;
  currency: string;
  /** Whether tax comes on top. */
  automatic_tax: boolean;
  session_count: number;
  email: string | null;
  stripe_customer_id: string | null;
  /** The page that was made before, while it is open. */
  checkout_url: string | null;
};

/** How an order is paid. */
type PaymentPage = {
  /** Until when, at Stripe. */
  expiresAt: Date;
  /** What our side needs to know it again by. */
  metadata: Record<string, string>;
  /** A line under what is bought. */
  description: string;
  /** The bank only holds the money until we take it. */
  isHold: boolean;
  /** The card is kept, to be charged for the parts that come later. */
  keepsCard: boolean;
  /** Names the call at Stripe. */
  key: string;
  successPath: string;
  cancelPath: string;
};

/**
 * Stripe's payment page for a held booking: the one that was made before, or a new one.
 *
 * @param checkout what is paid
 * @param profileId the client
 * @returns the page's address; not ok when Stripe can't be reached, which is logged, or it is not to be paid
 *   any more, or not now
 */
export async function startCheckout(
  checkout: HeldCheckout,
  profileId: string,
): Promise<StartedCheckout> {
  const bookingId = checkout.first_booking_id;
  return openPage(checkout, profileId, {
    expiresAt: new Date(Date.parse(checkout.hold_expires_at) + PAGE_OUTLIVES_HOLD),
    metadata: { order_id: checkout.order_id, booking_id: bookingId },
    description: `Coaching session with ${checkout.coach_name}`,
    // A request is paid for when the coach accepts.
    isHold: !checkout.is_instant,
    keepsCard: false,
    key: checkout.order_id,
    successPath: bookingPaidPath(bookingId),
    cancelPath: bookingCheckoutPath(bookingId),
  });
}

/**
 * The same for a package, or a part of one, of which nothing is held meanwhile. A part whose card was
 * declined is paid by hand over days: then each page is another.
 *
 * @param order what is paid, and until when it can be
 * @param profileId the client
 */
export async function startPackageCheckout(
  order: OpenOrder & {
    pay_by: string;
    pages_ended: number;
    coach_name: string;
    plan_id: string | null;
    plan_position: number | null;
  },
  profileId: string,
): Promise<StartedCheckout> {
  return openPage(order, profileId, {
    expiresAt: new Date(Date.parse(order.pay_by) + PAGE_OUTLIVES_HOLD),
    metadata: { order_id: order.order_id },
    description: `Coaching session with ${order.coach_name}`,
    isHold: false,
    keepsCard: order.plan_id !== null,
    key: (order.plan_position ?? 1) > 1 ? lateKey(order) : order.order_id,
    successPath: orderPaidPath(order.order_id),
    cancelPath: orderCheckoutPath(order.order_id),
  });
}

/**
 * The same for what a session of a membership cost to which its client did not come, once their card was
 * declined: paid over days, so each page is another.
 *
 * @param bookingId the session
 * @param fee what is paid, and until when on this page
 * @param profileId the client
 */
export async function startFeeCheckout(
  bookingId: string,
  fee: Omit<OpenOrder, "automatic_tax"> & {
    pay_by: string;
    pages_ended: number;
    coach_name: string;
  },
  profileId: string,
): Promise<StartedCheckout> {
  // No session was given for it, so nothing is taxed.
  const order = { ...fee, offer_title: `No-show fee: ${fee.offer_title}`, automatic_tax: false };
  return openPage(order, profileId, {
    expiresAt: new Date(Date.parse(fee.pay_by) + PAGE_OUTLIVES_HOLD),
    metadata: { order_id: fee.order_id },
    description: `A missed session with ${fee.coach_name}`,
    isHold: false,
    keepsCard: false,
    key: lateKey(fee),
    successPath: bookingFeePaidPath(bookingId),
    cancelPath: bookingFeePath(bookingId),
  });
}

/** Of what is paid over days: one page for who asks twice, and another once one has ended, was closed, or is later. */
function lateKey(order: { order_id: string; pay_by: string; pages_ended: number }): string {
  return `${order.order_id}:${Date.parse(order.pay_by)}:${order.pages_ended}`;
}

/**
 * Asking twice makes one page: the keys depend on the person and the order alone, and so does all
 * that is sent, the page's end included. So a page whose address we could not note down is found
 * again the next time.
 */
async function openPage(
  order: OpenOrder,
  profileId: string,
  page: PaymentPage,
): Promise<StartedCheckout> {
  if (order.checkout_url) return { ok: true, url: order.checkout_url };

  try {
    const customerId = order.stripe_customer_id ?? (await createCustomer(profileId, order.email));
    const session = await getStripe().checkout.sessions.create(
      sessionParams(order, customerId, page),
      {
        idempotencyKey: `checkout:${page.key}`,
      },
    );
    if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);

    const noted = await recordCheckout(profileId, {
      orderId: order.order_id,
      sessionId: session.id,
      url: session.url,
      expiresAt: page.expiresAt,
    });
    // Nobody is sent to a page that we do not know of, nor may it stay open: it could be paid besides.
    if (!noted.ok) {
      await closeUnnoted(session.id, order.order_id);
      return { ok: false, error: noted.error.message, status: noted.error.status };
    }
    return { ok: true, url: noted.value };
  } catch (error) {
    getLogger().error({ err: error, orderId: order.order_id }, "checkout could not be started");
    return UNREACHABLE;
  }
}

/** Closes a page that could not be noted. Nobody knows its address, so when it can't be closed that is only logged. */
async function closeUnnoted(sessionId: string, orderId: string): Promise<void> {
  try {
    await getStripe().checkout.sessions.expire(sessionId);
  } catch (error) {
    getLogger().warn({ err: error, orderId, sessionId }, "payment page could not be closed");
  }
}

/**
 * The Stripe customer of somebody who has none yet, made and kept; asked twice, it is one.
 *
 * @param profileId who
 * @param email theirs, if we know it
 * @returns its id
 */
export async function createCustomer(profileId: string, email: string | null): Promise<string> {
  // The same key with another e-mail would be refused, so the key says which.
  const digest = createHash("sha256")
    .update(email ?? "")
    .digest("hex")
    .slice(0, 16);
  const customer = await getStripe().customers.create(
    { ...(email ? { email } : {}), metadata: { profile_id: profileId } },
    { idempotencyKey: `customer:${profileId}:${digest}` },
  );
  return recordStripeCustomer(profileId, customer.id);
}

function sessionParams(
  order: OpenOrder,
  customerId: string,
  page: PaymentPage,
): Stripe.Checkout.SessionCreateParams {
  const { APP_ORIGIN } = getEnv();
  const { automatic_tax: isTaxed } = order;
  // By it the webhooks know to ask what of the money is tax.
  const metadata = { ...page.metadata, ...(isTaxed && { automatic_tax: "true" }) };
  return {
    mode: "payment",
    ui_mode: "hosted_page",
    customer: customerId,
    client_reference_id: order.order_id,
    metadata,
    line_items: [
      {
        quantity: order.session_count,
        price_data: {
          currency: order.currency,
          unit_amount: order.amount_cents / order.session_count,
          ...(isTaxed && { tax_behavior: "exclusive" as const }),
          product_data: {
            name: order.offer_title,
            description: page.description,
            ...(isTaxed && { tax_code: COACHING_TAX_CODE }),
          },
        },
      },
    ],
    ...(isTaxed && AUTOMATIC_TAX),
    payment_intent_data: {
      metadata,
      transfer_group: `order_${order.order_id}`,
      ...(page.isHold && { capture_method: "manual" }),
      ...(page.keepsCard && { setup_future_usage: "off_session" }),
    },
    // What the bank only holds is not to be invoiced yet.
    ...(!page.isHold && { invoice_creation: { enabled: true, invoice_data: { metadata } } }),
    expires_at: Math.floor(page.expiresAt.getTime() / 1000),
    success_url: APP_ORIGIN + page.successPath,
    cancel_url: APP_ORIGIN + page.cancelPath,
  };
}
