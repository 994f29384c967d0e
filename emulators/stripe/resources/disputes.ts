import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { closeDispute, openDueDisputes, loseDueDisputes } from "./dispute-outcomes.ts";

type Dispute = Stripe.Dispute;

const OPEN = ["needs_response", "warning_needs_response"];
const LONGEST_EVIDENCE = 150_000;

/** Stripe's documented texts that decide a dispute in test mode. */
const DECISIVE_TEXTS: Record<string, "won" | "lost"> = {
  winning_evidence: "won",
  losing_evidence: "lost",
};

/** Payments that their payers' banks took back, or ask about. */
export const disputes: Resource = {
  routes: [
    route<Stripe.DisputeRetrieveParams>("GET /v1/disputes/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.DisputeListParams>("GET /v1/disputes", list),
    route<Stripe.DisputeUpdateParams>("POST /v1/disputes/{id}", update),
    route<Stripe.DisputeCloseParams>("POST /v1/disputes/{id}/close", accept),
  ],
  tick(emulator) {
    openDueDisputes(emulator);
    loseDueDisputes(emulator);
  },
};

function records(emulator: Emulator) {
  return emulator.records<Dispute>("dispute");
}

function list(emulator: Emulator, params: Stripe.DisputeListParams) {
  const matching = records(emulator)
    .all()
    .filter(
      (dispute) =>
        (params.charge === undefined || dispute.charge === params.charge) &&
        (params.payment_intent === undefined || dispute.payment_intent === params.payment_intent),
    );
  return listPage(matching, params, "/v1/disputes");
}

function update(emulator: Emulator, params: Stripe.DisputeUpdateParams, id: string): Dispute {
  onlyEmulated(params, ["evidence", "metadata", "submit"]);
  const before = records(emulator).get(id);
  if (params.evidence && !OPEN.includes(before.status)) {
    throw invalidRequest(`This dispute is ${before.status}: evidence can no longer be submitted.`);
  }
  const evidence = { ...before.evidence, ...given(params.evidence) };
  if (JSON.stringify(evidence).length > LONGEST_EVIDENCE) {
    throw invalidRequest(
      `The combined character count of your evidence must be at most ${LONGEST_EVIDENCE}.`,
      { param: "evidence" },
    );
  }

  const isSubmitted = Boolean(params.evidence) && params.submit !== false;
  const previous = { evidence: before.evidence, status: before.status };
  const dispute = records(emulator).update(id, {
    evidence,
    evidence_details: {
      ...before.evidence_details,
      has_evidence: before.evidence_details.has_evidence || Boolean(params.evidence),
      submission_count: before.evidence_details.submission_count + (isSubmitted ? 1 : 0),
      submission_method: isSubmitted ? "manual" : before.evidence_details.submission_method,
    },
    metadata: changeMetadata(before.metadata, params.metadata),
    ...(isSubmitted && { status: underReview(before.status) }),
  });
  emulator.emit("charge.dispute.updated", dispute, previous);

  const decision = isSubmitted ? DECISIVE_TEXTS[evidence.uncategorized_text ?? ""] : undefined;
  return decision ? closeDispute(emulator, id, decision) : dispute;
}

function underReview(status: Dispute["status"]): Dispute["status"] {
  return status === "warning_needs_response" ? "warning_under_review" : "under_review";
}

/** The texts that were given; an empty one takes back what was said before. */
function given(
  evidence: Stripe.DisputeUpdateParams["evidence"] = {},
): Partial<Stripe.Dispute.Evidence> {
  onlyEmulated(evidence, TEXTS, "evidence");
  return Object.fromEntries(Object.entries(evidence).map(([key, text]) => [key, text || null]));
}

/** Files are left out: they would have to be uploaded. */
const TEXTS = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "shipping_address",
  "uncategorized_text",
];

/** The platform gives in. */
function accept(emulator: Emulator, _params: object, id: string): Dispute {
  const { status } = records(emulator).get(id);
  if (status !== "needs_response") {
    throw invalidRequest(`This dispute is ${status} and can't be closed.`);
  }
  return closeDispute(emulator, id, "lost");
}
