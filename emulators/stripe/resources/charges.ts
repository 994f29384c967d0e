import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { listPage } from "../api/list.ts";
import { newId } from "../api/new-id.ts";
import type { Decline } from "../checkout/cards.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { processingFee } from "../fees.ts";
import { bookTransaction, cardMoneyAvailableOn } from "./balance-transactions.ts";
import { refundsOfCharge } from "./refunds.ts";

/** Attempts to take money from a card, the failed ones too. */
export const charges: Resource = {
  routes: [
    route<Stripe.ChargeRetrieveParams>("GET /v1/charges/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.ChargeListParams>("GET /v1/charges", list),
  ],
  includes: [
    {
      object: "charge",
      property: "refunds",
      load: (emulator, id) =>
        listPage(refundsOfCharge(emulator, id), {}, `/v1/charges/${id}/refunds`),
    },
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.Charge>("charge");
}

function list(emulator: Emulator, params: Stripe.ChargeListParams) {
  const matching = records(emulator)
    .all()
    .filter(
      (charge) =>
        (params.customer === undefined || charge.customer === params.customer) &&
        (params.payment_intent === undefined || charge.payment_intent === params.payment_intent) &&
        (params.transfer_group === undefined || charge.transfer_group === params.transfer_group),
    );
  return listPage(matching, params, "/v1/charges");
}

/**
 * Charges a card for a payment intent, and books the money when the bank agrees.
 *
 * @param decline why the bank refuses; null when it doesn't
 * @returns the charge, succeeded or failed
 */
export function chargeCard(
  emulator: Emulator,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  decline: Decline | null,
): Stripe.Charge {
  const id = newId("ch_3");
  const { amount, currency } = intent;
  const isCaptured = !decline && intent.capture_method !== "manual";
  const transaction = isCaptured ? bookCharge(emulator, intent, id) : null;

  return records(emulator).add({
    id,
    object: "charge",
    amount,
    amount_captured: isCaptured ? amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: transaction?.id ?? null,
    billing_details: {
      address: null,
      email: method.billing_details.email,
      name: method.billing_details.name,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: statementText(emulator, intent),
    captured: isCaptured,
    created: emulator.clock.seconds(),
    currency,
    customer: idOf(intent.customer),
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: "card", card: cardDetails(method, amount, decline) },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: decline ? null : `${emulator.url()}/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? "failed" : "succeeded",
    transfer_data: null,
    transfer_group: intent.transfer_group,
  });
}

/** Takes the money of a charge that a bank only held so far. */
export function captureCharge(emulator: Emulator, intent: Stripe.PaymentIntent): Stripe.Charge {
  const id = idOf(intent.latest_charge) ?? "";
  const transaction = bookCharge(emulator, intent, id);
  return records(emulator).update(id, {
    amount_captured: intent.amount,
    balance_transaction: transaction.id,
    captured: true,
  });
}

/** Lets the money of a charge go that a bank only held. */
export function releaseCharge(emulator: Emulator, intent: Stripe.PaymentIntent): Stripe.Charge {
  return noteRefunded(emulator, idOf(intent.latest_charge) ?? "", intent.amount);
}

function bookCharge(emulator: Emulator, intent: Stripe.PaymentIntent, chargeId: string) {
  return bookTransaction(emulator, {
    type: "charge",
    source: chargeId,
    amount: intent.amount,
    fee: processingFee(emulator.fees, intent.amount),
    currency: intent.currency,
    description: intent.description,
    availableOn: cardMoneyAvailableOn(emulator),
  });
}

/**
 * Notes on a charge what has gone back of it.
 *
 * @param amount all of its refunds together, in cents
 */
export function noteRefunded(emulator: Emulator, id: string, amount: number): Stripe.Charge {
  const charge = records(emulator).get(id);
  return records(emulator).update(id, {
    amount_refunded: amount,
    refunded: amount === charge.amount,
  });
}

function statementText(emulator: Emulator, intent: Stripe.PaymentIntent): string {
  const suffix = intent.statement_descriptor_suffix;
  return [emulator.businessName, suffix].filter(Boolean).join("* ").toUpperCase().slice(0, 22);
}

function outcomeOf(decline: Decline | null): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: decline ? "05" : null,
    network_status: decline ? "declined_by_network" : "approved_by_network",
    reason: decline?.declineCode ?? null,
    risk_level: "normal",
    risk_score: 20,
    seller_message: decline
      ? `The bank returned the decline code \`${decline.declineCode}\`.`
      : "Payment complete.",
    type: decline ? "issuer_declined" : "authorized",
  };
}

function cardDetails(
  method: Stripe.PaymentMethod,
  amount: number,
  decline: Decline | null,
): Stripe.Charge.PaymentMethodDetails.Card {
  const card = method.card;
  if (!card) throw new Error(`${method.id} is not a card`);
  return {
    amount_authorized: decline ? null : amount,
    authorization_code: decline ? null : "123456",
    brand: card.brand,
    checks: {
      address_line1_check: null,
      address_postal_code_check: null,
      cvc_check: decline?.code === "incorrect_cvc" ? "fail" : "pass",
    },
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint,
    funding: card.funding,
    installments: null,
    last4: card.last4,
    mandate: null,
    network: card.brand,
    network_transaction_id: null,
    regulated_status: card.regulated_status,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}
