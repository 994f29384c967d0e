import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { newId } from "../api/new-id.ts";

const SECONDS_TO_ANSWER = 14 * 24 * 60 * 60;

/** A new dispute, or an inquiry that may become one, with everything that the API tells about it. */
export function newDispute(
  charge: Stripe.Charge,
  details: {
    /** In cents. */
    amount: number;
    reason: string;
    isInquiry: boolean;
    /** Seconds since 1970. */
    created: number;
  },
): Stripe.Dispute {
  const { amount, reason, isInquiry, created } = details;
  const brand = charge.payment_method_details?.card?.brand ?? "visa";
  return {
    id: newId("dp_1"),
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence(charge),
    evidence_details: {
      due_by: created + SECONDS_TO_ANSWER,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    network_reason_code: "83",
    payment_intent: idOf(charge.payment_intent),
    payment_method_details: {
      type: "card",
      card: {
        brand,
        case_type: isInquiry ? "inquiry" : "chargeback",
        network: brand,
        network_reason_code: "83",
      },
    },
    reason,
    status: isInquiry ? "warning_needs_response" : "needs_response",
  };
}

function noEvidence({ billing_details: payer }: Stripe.Charge): Stripe.Dispute.Evidence {
  return {
    access_activity_log: null,
    billing_address: null,
    cancellation_policy: null,
    cancellation_policy_disclosure: null,
    cancellation_rebuttal: null,
    customer_communication: null,
    customer_email_address: payer.email,
    customer_name: payer.name,
    customer_purchase_ip: null,
    customer_signature: null,
    duplicate_charge_documentation: null,
    duplicate_charge_explanation: null,
    duplicate_charge_id: null,
    enhanced_evidence: {},
    product_description: null,
    receipt: null,
    refund_policy: null,
    refund_policy_disclosure: null,
    refund_refusal_explanation: null,
    service_date: null,
    service_documentation: null,
    shipping_address: null,
    shipping_carrier: null,
    shipping_date: null,
    shipping_documentation: null,
    shipping_tracking_number: null,
    uncategorized_file: null,
    uncategorized_text: null,
  };
}
