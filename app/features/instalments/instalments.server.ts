import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/** A part of a package that is paid in parts. */
export type PlanPart = WithNulls<
  Functions["plan_parts"]["Returns"][number],
  "paid_at" | "retry_at"
>;

/** How such a package stands. */
export type Plan = WithNulls<Functions["plan_details"]["Returns"][number], "ended_reason">;

/**
 * What a client agrees to who pays for a package in parts, and when how much is charged.
 *
 * @param db anyone's
 * @param offerId the package
 * @returns null when it is paid at once only, or not on sale
 */
export async function findInstalmentTerms(db: Db, offerId: string) {
  return toValue(await db.rpc("instalment_offer_terms", { offer_id: offerId }).maybeSingle());
}

/**
 * Buys a package in parts: the first waits for its payment.
 *
 * @param db the client's
 * @param order the package, a code that was typed or nothing, and the hash of the words that were agreed to
 * @returns the first order's id, or QPAGR, QPTRM, and what buyPackage returns
 */
export async function buyInInstalments(
  db: Db,
  { offerId, coupon, wordsSha256 }: { offerId: string; coupon: string; wordsSha256: string },
): Promise<Result<string>> {
  return toResult(
    await db.rpc("buy_in_instalments", { offer_id: offerId, words_sha256: wordsSha256, coupon }),
  );
}

/**
 * @param db the client's
 * @param orderId any of its orders
 * @returns null for anyone but the client, and for what is paid at once
 */
export async function findPlan(db: Db, orderId: string): Promise<Plan | null> {
  return toValue(await db.rpc("plan_details", { order_id: orderId }).maybeSingle());
}

/** The parts of such a package, in the order in which they are paid. */
export async function listPlanParts(db: Db, orderId: string): Promise<PlanPart[]> {
  return toValue(await db.rpc("plan_parts", { order_id: orderId }));
}

/**
 * Stops paying: nothing more is charged.
 *
 * @param db the client's
 * @param planId the plan
 * @returns QPNFD, or QPEND when all is paid
 */
export async function stopPlan(db: Db, planId: string): Promise<Result<unknown>> {
  return toResult(await db.rpc("stop_plan", { plan_id: planId }));
}
