import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/** What a client pays for not coming to a session, or would. */
export type NoShowFee = WithNulls<
  Functions["no_show_fee_details"]["Returns"][number],
  "retry_at" | "words"
>;

/** What paying it by hand needs. */
export type NoShowFeeCheckout = WithNulls<
  Functions["no_show_fee_checkout"]["Returns"][number],
  "email" | "stripe_customer_id" | "checkout_url" | "failure_code"
>;

/**
 * @param db a party's
 * @param bookingId the session
 * @returns null for anyone else, and when not coming costs nothing, or can't happen any more
 */
export async function findNoShowFee(db: Db, bookingId: string): Promise<NoShowFee | null> {
  return toValue(await db.rpc("no_show_fee_details", { booking_id: bookingId }).maybeSingle());
}

/**
 * @param db the client's
 * @param bookingId the session
 * @returns null for anyone else, and when there is nothing to pay by hand
 */
export async function findNoShowFeeCheckout(
  db: Db,
  bookingId: string,
): Promise<NoShowFeeCheckout | null> {
  return toValue(await db.rpc("no_show_fee_checkout", { booking_id: bookingId }).maybeSingle());
}

/**
 * @param db the client's
 * @param orderId what they book with
 * @returns what not coming costs, in cents, and for how many minutes they may object; null for nothing
 */
export async function findNoShowFeeTerms(
  db: Db,
  orderId: string,
): Promise<Functions["no_show_fee_terms"]["Returns"][number] | null> {
  return toValue(await db.rpc("no_show_fee_terms", { order_id: orderId }).maybeSingle());
}
