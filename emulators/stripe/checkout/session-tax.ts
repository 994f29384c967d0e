import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { addressIn, taxOn } from "../tax/rates.ts";
import { discountOf, sessionAmounts } from "./session-discount.ts";
import { customerDetails } from "./session-object.ts";
import { plans, trialEndOf } from "./session-plans.ts";

type Session = Stripe.Checkout.Session;
type Params = Stripe.Checkout.SessionCreateParams;

/**
 * The rules of automatic tax. Here no tax behaviour is the account's default.
 *
 * @throws StripeFailure for what Stripe would refuse
 */
export function checkAutomaticTax(
  params: Params,
  customer: Stripe.Customer | null,
  items: Stripe.LineItem[],
): void {
  if (!params.automatic_tax?.enabled) return;
  if (customer && !customer.address && params.customer_update?.address !== "auto") {
    throw invalidRequest(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      { code: "customer_tax_location_invalid" },
    );
  }
  if (items.some(({ price }) => price?.tax_behavior === "unspecified")) {
    throw invalidRequest("Automatic tax needs prices that say whether they include it.", {
      param: "line_items",
    });
  }
}

/** Whether a person has to say in which state they live before they pay. */
export function asksForState(session: Session): boolean {
  return session.automatic_tax.enabled;
}

/**
 * A person has said where they live: what they buy is taxed as it is there.
 *
 * @param state two letters
 */
export function applyTax(emulator: Emulator, session: Session, state: string): Session {
  const { items, savesAddress, intentId, subscriptionData } = plans(emulator).get(session.id);
  const address = addressIn(state);
  const customers = emulator.records<Stripe.Customer>("customer");
  const customer = idOf(session.customer);
  if (customer && savesAddress) customers.update(customer, { address });

  const taxed = taxedItems(items, address);
  plans(emulator).update(session.id, { items: taxed });
  const isTrial = trialEndOf(subscriptionData, emulator.clock.seconds()) !== null;
  const amounts = sessionAmounts(taxed, discountOf(emulator, session), isTrial);
  const intents = emulator.records<Stripe.PaymentIntent>("payment_intent");
  // An attempt that failed has left its intent, and the next one uses it again.
  if (intentId && intents.find(intentId))
    intents.update(intentId, { amount: amounts.amount_total });
  return emulator.records<Session>("checkout.session").update(session.id, {
    ...amounts,
    automatic_tax: { ...session.automatic_tax, status: "complete" },
    customer_details: {
      ...(session.customer_details ?? customerDetails(null, null)),
      address,
    },
  });
}

/** The tax of all together, to the cent, on each of them. */
function taxedItems(items: Stripe.LineItem[], address: Stripe.Address): Stripe.LineItem[] {
  let seen = 0;
  let taken = 0;
  return items.map((item) => {
    const price = item.amount_subtotal - item.amount_discount;
    seen += price;
    const tax = taxOn(address, seen) - taken;
    taken += tax;
    return { ...item, amount_tax: tax, amount_total: price + tax };
  });
}
