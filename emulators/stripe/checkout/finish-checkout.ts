import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { noteRedeemed } from "../catalog/discounts.ts";
import type { Emulator } from "../emulator.ts";
import type { Attempt } from "../payments/confirm-intent.ts";
import { customerOf } from "./attempt-payment.ts";
import { billCheckout } from "./bill-checkout.ts";
import { customerDetails } from "./session-object.ts";
import { discountOf } from "./session-discount.ts";
import { plans } from "./session-plans.ts";
import { startMembership } from "./start-membership.ts";

type Session = Stripe.Checkout.Session;

/**
 * Ends a checkout when its payment went through, or is on its way.
 *
 * @param attempt null when it failed
 * @returns where the person goes: back to the site, to their bank, or to the page once more
 */
export function finishCheckout(
  emulator: Emulator,
  session: Session,
  attempt: Attempt | null,
): string {
  if (attempt?.outcome === "needs_action") return attempt.url;
  if (!attempt || attempt.outcome === "declined") return `/c/pay/${session.id}`;

  const { customer, method } = payerOf(emulator, session);
  const payer = emulator.records<Stripe.PaymentMethod>("payment_method").get(method);
  if (attempt.outcome === "paid") billCheckout(emulator, session.id);
  const changes =
    session.mode === "subscription"
      ? startMembership(emulator, session, { customer: customer ?? "", method })
      : { customer, payment_status: paymentStatus(session, attempt.outcome) };
  completeSession(emulator, session, payer.billing_details, changes);
  return successUrl(session);
}

/**
 * Ends a checkout that needs no card: a coupon paid everything, or a trial begins without one.
 *
 * @returns where the person goes
 */
export function finishFreeCheckout(emulator: Emulator, session: Session, payer: Payer): string {
  const customer = customerOf(emulator, session, payer);
  const changes =
    session.mode === "subscription" && customer
      ? startMembership(emulator, session, { customer, method: null })
      : { customer, payment_status: "no_payment_required" as const };
  completeSession(emulator, session, payer, changes);
  return successUrl(session);
}

type Payer = { email: string | null; name: string | null };

function paymentStatus(session: Session, outcome: string): Session["payment_status"] {
  if (session.mode === "setup") return "no_payment_required";
  return outcome === "paid" ? "paid" : "unpaid"; // until it is captured, or the bank says yes
}

function payerOf(emulator: Emulator, session: Session) {
  const id = plans(emulator).get(session.id).intentId ?? "";
  const intent =
    emulator.records<Stripe.PaymentIntent>("payment_intent").find(id) ??
    emulator.records<Stripe.SetupIntent>("setup_intent").get(id);
  return { customer: idOf(intent.customer), method: idOf(intent.payment_method) ?? "" };
}

/** Notes on a session that it is over, and who went through it. */
function completeSession(
  emulator: Emulator,
  session: Session,
  { email, name }: Payer,
  changes: Partial<Session>,
): void {
  const discount = discountOf(emulator, session);
  if (discount) noteRedeemed(emulator, discount);
  const completed = emulator.records<Session>("checkout.session").update(session.id, {
    customer_details: {
      ...customerDetails(email, name),
      address: session.customer_details?.address ?? null,
    },
    status: "complete",
    url: null,
    ...changes,
  });
  emulator.emit("checkout.session.completed", completed);
}

/** Where the site wants people who have paid. */
export function successUrl(session: Session): string {
  return (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}
