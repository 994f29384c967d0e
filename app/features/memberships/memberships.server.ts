import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/** A membership as its client sees it. */
export type Membership = WithNulls<
  Functions["membership_list"]["Returns"][number],
  "trial_ends_at" | "ended_at" | "agreed_at" | "agreed_words" | "order_id"
>;

/** What the page to subscribe says of an offer to whoever asks. */
export type MembershipTerms = WithNulls<
  Functions["membership_offer_terms"]["Returns"][number],
  "membership_id"
>;

/** What the payment page of a membership needs. */
export type MembershipCheckout = WithNulls<
  Functions["membership_checkout"]["Returns"][number],
  "stripe_price_id" | "stripe_customer_id" | "email" | "checkout_url"
>;

/** What Stripe is to be asked for a client who waits for it. */
export type MembershipDecision = WithNulls<
  Functions["membership_decision"]["Returns"][number],
  "stripe_price_id"
>;

/** Another membership that one can change to. */
export type MembershipPlan = Functions["membership_plans"]["Returns"][number];

/**
 * @param db anyone's
 * @param offerId a membership on sale
 * @returns the words to agree to, the days for nothing that the asker gets, and their membership with
 *   this coach if they have one; null when it is not on sale
 */
export async function findMembershipTerms(
  db: Db,
  offerId: string,
): Promise<MembershipTerms | null> {
  return toValue(await db.rpc("membership_offer_terms", { offer_id: offerId }).maybeSingle());
}

/**
 * Agrees to the renewal and begins a membership, which waits for its payment.
 *
 * @param db the client's
 * @param offerId the offer
 * @param wordsSha256 which words they read; empty when they did not agree
 * @returns the membership's id, or OFGON, OBOWN, MBAGR, MBTRM, MBTWO, UPONB
 */
export async function beginMembership(
  db: Db,
  offerId: string,
  wordsSha256: string,
): Promise<Result<string>> {
  return toResult(
    await db.rpc("begin_membership", { offer_id: offerId, words_sha256: wordsSha256 }),
  );
}

/** @returns null for anyone but the client, and once it has begun */
export async function findMembershipCheckout(
  db: Db,
  membershipId: string,
): Promise<MembershipCheckout | null> {
  return toValue(
    await db.rpc("membership_checkout", { membership_id: membershipId }).maybeSingle(),
  );
}

/**
 * Everybody's own memberships, live ones first.
 *
 * @param db the client's
 */
export async function listMemberships(db: Db): Promise<Membership[]> {
  return toValue(await db.rpc("membership_list"));
}

/** @returns null for anyone but its client, and before it was paid for */
export async function findMembership(db: Db, membershipId: string): Promise<Membership | null> {
  return toValue(await db.rpc("membership_list", { membership_id: membershipId }).maybeSingle());
}

/** How far a membership is that was just paid for; null for anyone but its client. */
export async function findBegun(db: Db, membershipId: string) {
  return toValue(await db.rpc("membership_begun", { membership_id: membershipId }).maybeSingle());
}

/** What a membership can be changed to, cheapest first. */
export async function listPlans(db: Db, membershipId: string): Promise<MembershipPlan[]> {
  return toValue(await db.rpc("membership_plans", { membership_id: membershipId }));
}

const DECISIONS = {
  pause: "pause_membership",
  resume: "resume_membership",
  cancel: "cancel_membership",
  keep: "keep_membership",
} as const;

export type Decision = keyof typeof DECISIONS;

/**
 * Writes down what the client decides, before Stripe is asked.
 *
 * @param db the client's
 * @param membershipId theirs
 * @param decision what
 * @returns its number, or MBNFD, MBNOT
 */
export async function decide(
  db: Db,
  membershipId: string,
  decision: Decision,
): Promise<Result<number>> {
  return toResult(await db.rpc(DECISIONS[decision], { membership_id: membershipId }));
}

/**
 * The same for changing to another plan, to whose price they agree.
 *
 * @returns its number, or MBNFD, MBNOT, MBPLN, MBAGR, MBTRM
 */
export async function changePlan(
  db: Db,
  change: { membershipId: string; offerId: string; wordsSha256: string },
): Promise<Result<number>> {
  return toResult(
    await db.rpc("change_membership_plan", {
      membership_id: change.membershipId,
      offer_id: change.offerId,
      words_sha256: change.wordsSha256,
    }),
  );
}

/** What Stripe is to be asked; null when it has confirmed it already. */
export async function findDecision(
  db: Db,
  membershipId: string,
): Promise<MembershipDecision | null> {
  return toValue(
    await db.rpc("membership_decision", { membership_id: membershipId }).maybeSingle(),
  );
}
