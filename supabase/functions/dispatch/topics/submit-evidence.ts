import { stripe, stripeError } from "../../_shared/stripe.ts";
import { VendorError } from "../../_shared/vendor-error.ts";
import { EvidenceSchema, writeEvidence } from "./evidence-words.ts";

/**
 * Answers a bank about a payment that it took back, or asks about. One answer, whose key is the
 * dispute and what it was then: a repeated call gets the first one's answer. A bank that has decided
 * meanwhile takes none (400): then what it decided is recorded.
 */
export async function submitEvidence(input: unknown): Promise<object> {
  const work = EvidenceSchema.parse(input);
  const id = work.stripe_dispute_id;
  try {
    const dispute = await stripe.disputes
      .update(
        id,
        { evidence: writeEvidence(work), submit: true },
        { idempotencyKey: `evidence:${work.dispute_id}:${work.status}` },
      )
      .catch(async (error: unknown) => {
        const failure = stripeError(error);
        if (!(failure instanceof VendorError && failure.isPermanent)) throw failure;
        const found = await stripe.disputes.retrieve(id);
        if (found.status.endsWith("needs_response")) throw failure;
        return found;
      });
    return dispute;
  } catch (error) {
    throw stripeError(error);
  }
}
