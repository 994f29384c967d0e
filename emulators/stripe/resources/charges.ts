import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { listPage } from "../api/list.ts";
import { newId } from "../api/new-id.ts";
import type { Decline } from "../payments/cards.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { bankFee, cardFee } from "../fees.ts";
import { bookTransaction, cardMoneyAvailableOn } from "./balance-transactions.ts";
import { refundsOfCharge, reverseCapture } from "./refunds.ts";

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

type ChargeOutcome =
  | { status: "succeeded" | "pending" }
  /** Why the bank refuses. */
  | { status: "failed"; decline: Decline };

/**
 * Charges a payment method for a payment intent, and books the money when the bank agrees at once.
 *
 * @returns the charge, failed or not
 */
export function createCharge(
  emulator: Emulator,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  outcome: ChargeOutcome,
): Stripe.Charge {
  const { amount } = intent;
  const decline = "decline" in outcome ? outcome.decline : null;
  const isCaptured = outcome.status === "succeeded" && intent.capture_method !== "manual";
  const charge = records(emulator).add({
    id: newId(method.type === "card" ? "ch_3" : "py_3"),
    object: "charge",
    amount,
    amount_captured: isCaptured ? amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
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
    currency: intent.currency,
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
    paid: outcome.status === "succeeded",
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(method, amount, decline),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: outcome.status,
    transfer_data: null,
    transfer_group: intent.transfer_group,
  });
  if (outcome.status !== "succeeded") return charge;
  return records(emulator).update(charge.id, {
    balance_transaction: isCaptured ? bookCharge(emulator, charge, amount).id : null,
    receipt_url: `${emulator.url()}/receipts/${charge.id}`,
  });
}

/**
 * Takes the money of a charge that a bank only held so far. The bank lets the rest go: all of it is
 * booked, and a refund takes the rest back with its part of the fee.
 * https://docs.stripe.com/reports/reporting-categories
 *
 * @param amount in cents
 * @returns the charge, and what takes the rest back; null when there is none
 */
export function captureCharge(emulator: Emulator, id: string, amount: number) {
  const charge = records(emulator).get(id);
  const booked = bookCharge(emulator, charge, charge.amount);
  const rest = charge.amount - amount;
  const reversal = rest > 0 ? reverseCapture(emulator, charge, { rest, booked }) : null;
  const captured = records(emulator).update(id, {
    amount_captured: amount,
    amount_refunded: rest,
    balance_transaction: booked.id,
    captured: true,
  });
  return { captured, reversal };
}

/** Lets the money of a charge go that a bank only held. */
export function releaseCharge(emulator: Emulator, intent: Stripe.PaymentIntent): Stripe.Charge {
  return noteRefunded(emulator, idOf(intent.latest_charge) ?? "", intent.amount);
}

/** What Stripe takes of so many cents, however they were paid. */
export function feeOf(emulator: Emulator, charge: Stripe.Charge, amount: number): number {
  const isCard = Boolean(charge.payment_method_details?.card);
  return (isCard ? cardFee : bankFee)(emulator.fees, amount);
}

/** Books the money that a charge brought, in cents. */
export function bookCharge(emulator: Emulator, charge: Stripe.Charge, amount: number) {
  const card = charge.payment_method_details?.card;
  return bookTransaction(emulator, {
    type: card ? "charge" : "payment",
    source: charge.id,
    amount,
    fee: feeOf(emulator, charge, amount),
    currency: charge.currency,
    description: charge.description,
    // Stripe's test card whose money can be used at once.
    availableOn: card?.last4 === "0077" ? undefined : cardMoneyAvailableOn(emulator),
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

function detailsOf(
  method: Stripe.PaymentMethod,
  amount: number,
  decline: Decline | null,
): Stripe.Charge.PaymentMethodDetails {
  const { card, us_bank_account: bank } = method;
  if (card) return { type: "card", card: cardDetails(card, amount, decline) };
  return {
    type: "us_bank_account",
    us_bank_account: {
      account_holder_type: "individual",
      account_type: "checking",
      bank_name: bank?.bank_name ?? null,
      fingerprint: bank?.fingerprint ?? null,
      last4: bank?.last4 ?? null,
      payment_reference: null,
      routing_number: bank?.routing_number ?? null,
    },
  };
}

function cardDetails(
  card: Stripe.PaymentMethod.Card,
  amount: number,
  decline: Decline | null,
): Stripe.Charge.PaymentMethodDetails.Card {
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
