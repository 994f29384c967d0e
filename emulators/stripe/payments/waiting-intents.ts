import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { money } from "../pages/money.ts";
import { confirmIntent, failAuthentication, type Attempt } from "./confirm-intent.ts";
import { confirmSetup, failSetup } from "./confirm-setup.ts";

/** A payment, or a card to save, whose bank asks the person whether it is them. */
export type WaitingIntent = {
  id: string;
  /** What the bank asks about. */
  about: string;
  /** Where the person goes afterwards, when no checkout waits for them. */
  returnUrl: string | null;
  succeed(): Attempt;
  fail(): void;
};

/** The intent with this id; null when it isn't waiting for its bank. */
export function findWaitingIntent(emulator: Emulator, id: string): WaitingIntent | null {
  const payment = emulator.records<Stripe.PaymentIntent>("payment_intent").find(id);
  const setup = emulator.records<Stripe.SetupIntent>("setup_intent").find(id);
  const intent = payment ?? setup;
  if (intent?.status !== "requires_action") return null;

  const method = emulator
    .records<Stripe.PaymentMethod>("payment_method")
    .get(idOf(intent.payment_method) ?? "");
  const returnUrl = intent.next_action?.redirect_to_url?.return_url ?? null;
  if (payment) {
    return {
      id,
      about: money(payment.amount, payment.currency),
      returnUrl,
      succeed: () => confirmIntent(emulator, payment, method, { isAuthenticated: true }),
      fail: () => failAuthentication(emulator, payment),
    };
  }
  if (!setup) return null;
  return {
    id,
    about: "Save your card",
    returnUrl,
    succeed: () => confirmSetup(emulator, setup, method, true),
    fail: () => failSetup(emulator, setup, method),
  };
}
