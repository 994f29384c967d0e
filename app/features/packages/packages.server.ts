import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { Slot } from "~/lib/group-by-day";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/** A package that somebody bought, with what its checkout needs. */
export type OwnPackage = WithNulls<
  Functions["package_details"]["Returns"][number],
  | "email"
  | "stripe_customer_id"
  | "checkout_url"
  | "checkout_expires_at"
  | "failure_code"
  | "credits_end_at"
  | "credits_end_reason"
  | "membership_id"
  | "plan_id"
  | "plan_position"
  | "instalments"
>;

/** One of them in a list. */
export type ListedPackage = WithNulls<
  Functions["package_list"]["Returns"][number],
  | "credits_end_at"
  | "credits_end_reason"
  | "plan_status"
  | "instalments"
  | "next_order_id"
  | "next_due_at"
  | "next_cents"
>;

/** Something that became of a package's sessions. */
export type CreditEntry = WithNulls<
  Functions["package_history"]["Returns"][number],
  "booking_id" | "starts_at" | "booking_status"
>;

/** What a client has left of a package, for its coach. */
export type SoldPackage = Functions["sold_packages"]["Returns"][number];

/**
 * Buys a package: an order that waits for its payment.
 *
 * @param db the client's
 * @param order the package, and a code that was typed or nothing
 * @returns the order's id, or QCNFD and what else a coupon is refused for, OFGON, OBOWN, OKMNY, UPONB
 */
export async function buyPackage(
  db: Db,
  { offerId, coupon }: { offerId: string; coupon: string },
): Promise<Result<string>> {
  return toResult(await db.rpc("buy_package", { offer_id: offerId, coupon }));
}

/**
 * @param db the client's
 * @param orderId the order
 * @returns null for anyone but the client, and when there is no such package: both look the same
 */
export async function findPackage(db: Db, orderId: string): Promise<OwnPackage | null> {
  return toValue(await db.rpc("package_details", { order_id: orderId }).maybeSingle());
}

/** What somebody has bought to book from, what can be used first at the top. */
export async function listPackages(db: Db): Promise<ListedPackage[]> {
  return toValue(await db.rpc("package_list"));
}

/**
 * What became of a package's sessions, oldest first.
 *
 * @param db a party's
 * @param orderId the order
 */
export async function listCreditEntries(db: Db, orderId: string): Promise<CreditEntry[]> {
  return toValue(await db.rpc("package_history", { order_id: orderId }));
}

/**
 * The times at which a session of a package can be booked.
 *
 * @param db the client's
 * @param orderId the order
 * @param span instants; `to` is not included, and at most 62 days after `from`
 * @param limit how many at most
 * @returns free times in order; none when nothing is left
 */
export async function creditSlots(
  db: Db,
  orderId: string,
  span: { from: Date; to: Date },
  limit?: number,
): Promise<Slot[]> {
  const query = db.rpc("credit_slots", {
    order_id: orderId,
    from_at: span.from.toISOString(),
    to_at: span.to.toISOString(),
  });
  const rows = toValue(await (limit === undefined ? query : query.limit(limit)));
  return rows.map((row) => ({ startsAt: row.starts_at, endsAt: row.ends_at }));
}

/**
 * Books a session of a package.
 *
 * @param db the client's
 * @param booking.startsAt an instant that credit_slots offered
 * @param booking.timeZone the client's own zone, for their mails
 * @returns the booking's id, or OKNFD, OKEND, OKNON, OKLAT, OFGON, OBTIM, OBTKN
 */
export async function bookWithCredit(
  db: Db,
  booking: { orderId: string; startsAt: string; timeZone: string; note: string },
): Promise<Result<string>> {
  return toResult(
    await db.rpc("request_booking_with_credit", {
      order_id: booking.orderId,
      starts: [booking.startsAt],
      time_zone: booking.timeZone,
      note: booking.note,
    }),
  );
}

/**
 * What clients have left of a coach's packages, by client.
 *
 * @param db the coach's
 * @param clientIds of these clients
 */
export async function listSoldPackages(db: Db, clientIds: string[]): Promise<SoldPackage[]> {
  if (clientIds.length === 0) return [];
  return toValue(await db.rpc("sold_packages", { client_ids: clientIds }));
}

/**
 * @param db a coach's
 * @param orderId the order
 * @returns null when it is not theirs, or nothing is left of it
 */
export async function findSoldPackage(db: Db, orderId: string): Promise<SoldPackage | null> {
  return toValue(await db.rpc("sold_packages", { order_id: orderId }).maybeSingle());
}

/**
 * Ends a package: what is left of it goes back as money.
 *
 * @param db the coach's
 * @param ending.expectedRefundCents the amount they saw; another one by now is refused (OBQTE)
 * @returns the cents that go back, or OKNFD, OKEND, OBQTE
 */
export async function endPackage(
  db: Db,
  ending: { orderId: string; expectedRefundCents: number; reason: string },
): Promise<Result<number>> {
  return toResult(
    await db.rpc("end_package", {
      order_id: ending.orderId,
      expected_refund_cents: ending.expectedRefundCents,
      reason: ending.reason,
    }),
  );
}

/**
 * What else a coach has on sale: what a package is compared with.
 *
 * @param db anyone's
 * @param coachId the coach
 */
export async function listComparedOffers(db: Db, coachId: string) {
  return toValue(
    await db
      .from("offers")
      .select("id, kind, duration_minutes, price_cents, session_count, valid_months")
      .eq("coach_id", coachId)
      .eq("kind", "session")
      .is("archived_at", null),
  );
}
