import type Stripe from "stripe";

import type { Emulator } from "../emulator.ts";

/** What the emulator knows of a card beyond what the API shows. */
type CardRecord = {
  /** The payment method's. */
  id: string;
  /** Decides what happens when it is charged. */
  number: string;
  /** The holder agreed to be charged without being there. */
  isSaved: boolean;
};

/** The cards behind the payment methods, by the payment methods' ids. */
export function cardRecords(emulator: Emulator) {
  return emulator.records<CardRecord>("card");
}

/** Keeps a payment method for later payments of a customer. */
export function saveForCustomer(
  emulator: Emulator,
  methodId: string,
  customer: string,
): Stripe.PaymentMethod {
  const methods = emulator.records<Stripe.PaymentMethod>("payment_method");
  const method = methods.update(methodId, { customer });
  if (cardRecords(emulator).find(methodId))
    cardRecords(emulator).update(methodId, { isSaved: true });
  emulator.emit("payment_method.attached", method);
  return method;
}
