import type Stripe from "stripe";

import { invalidRequest, missingParam, noSuch } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import type { Card } from "../payments/cards.ts";
import { cardRecords, saveForCustomer } from "../payments/saved-cards.ts";

type Method = Stripe.PaymentMethod;

/** What people pay with: cards, and bank accounts. */
export const paymentMethods: Resource = {
  routes: [
    route<Stripe.PaymentMethodRetrieveParams>(
      "GET /v1/payment_methods/{id}",
      (emulator, _params, id) => records(emulator).get(id),
    ),
    route<Stripe.PaymentMethodListParams>("GET /v1/payment_methods", list),
    route<Stripe.CustomerListPaymentMethodsParams>(
      "GET /v1/customers/{id}/payment_methods",
      (emulator, params, id) => {
        emulator.records("customer").get(id);
        return list(emulator, { ...params, customer: id });
      },
    ),
    route<Stripe.PaymentMethodAttachParams>("POST /v1/payment_methods/{id}/attach", attach),
    route<Stripe.PaymentMethodDetachParams>("POST /v1/payment_methods/{id}/detach", detach),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Method>("payment_method");
}

function list(emulator: Emulator, params: Stripe.PaymentMethodListParams) {
  onlyEmulated(params, ["customer", "type", "limit", "starting_after", "ending_before"]);
  if (!params.customer) throw missingParam("customer");
  const matching = records(emulator)
    .all()
    .filter(
      (method) =>
        method.customer === params.customer &&
        (params.type === undefined || method.type === params.type),
    );
  return listPage(matching, params, "/v1/payment_methods");
}

function attach(
  emulator: Emulator,
  { customer }: Stripe.PaymentMethodAttachParams,
  id: string,
): Method {
  if (!customer) throw missingParam("customer");
  emulator.records("customer").get(customer, "customer");
  const method = records(emulator).get(id);
  if (method.customer && method.customer !== customer) {
    throw invalidRequest(
      "The payment method you provided has already been attached to a customer.",
      { code: "payment_method_unexpected_state" },
    );
  }
  return saveForCustomer(emulator, id, customer);
}

function detach(emulator: Emulator, _params: object, id: string): Method {
  const { customer } = records(emulator).get(id);
  if (!customer) {
    throw invalidRequest(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
    );
  }
  const method = records(emulator).update(id, { customer: null });
  emulator.emit("payment_method.detached", method, { customer });
  return method;
}

/**
 * The payment method that a customer may be charged with.
 *
 * @param param the parameter that names it
 * @throws StripeFailure when there is no such method or it is somebody else's
 */
export function methodOfCustomer(
  emulator: Emulator,
  id: string,
  customer: string | null,
  param = "payment_method",
): Method {
  const method = records(emulator).find(id);
  if (!method) throw noSuch("PaymentMethod", id, param);
  if (method.customer === customer && customer) return method;
  throw invalidRequest(
    method.customer
      ? `The PaymentMethod supplied (${id}) belongs to another Customer. Please supply a PaymentMethod that belongs to the Customer of this payment.`
      : `The PaymentMethod supplied (${id}) was used without being attached to a Customer, or was detached, and may not be used again.`,
    { param },
  );
}

type Payer = { email: string | null; name: string | null };

/**
 * Makes a payment method of a card.
 *
 * @param payer what the person typed beside the card's number
 */
export function createCardPaymentMethod(emulator: Emulator, card: Card, payer: Payer): Method {
  const method = records(emulator).add({
    ...newMethod(emulator, payer),
    allow_redisplay: "limited",
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: card.brand,
      exp_month: card.expiryMonth,
      exp_year: card.expiryYear,
      fingerprint: `local${card.number.slice(-6)}`,
      funding: "credit",
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    type: "card",
  });
  cardRecords(emulator).add({ id: method.id, number: card.number, isSaved: false });
  return method;
}

/** Makes a payment method of a bank account, which takes days to say whether it pays. */
export function createBankPaymentMethod(
  emulator: Emulator,
  accountNumber: string,
  payer: Payer,
): Method {
  return records(emulator).add({
    ...newMethod(emulator, payer),
    type: "us_bank_account",
    us_bank_account: {
      account_holder_type: "individual",
      account_type: "checking",
      bank_name: "STRIPE TEST BANK",
      financial_connections_account: null,
      fingerprint: `local${accountNumber.slice(-6)}`,
      last4: accountNumber.slice(-4),
      networks: { preferred: "ach", supported: ["ach"] },
      routing_number: "110000000",
      status_details: null,
    },
  });
}

function newMethod(emulator: Emulator, { email, name }: Payer): Omit<Method, "type"> {
  return {
    id: newId("pm_1"),
    object: "payment_method",
    billing_details: { address: null, email, name, phone: null, tax_id: null },
    created: emulator.clock.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
}
