import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

import { POLICY_COLUMNS, type CancellationPolicy } from "./policy-words";

/** What paying for a booking needs. */
export type Checkout = WithNulls<
  Database["public"]["Functions"]["checkout_details"]["Returns"][number],
  | "hold_expires_at"
  | "email"
  | "stripe_customer_id"
  | "checkout_url"
  | "checkout_expires_at"
  | "failure_code"
>;

/**
 * @param db the client's
 * @param bookingId the booking
 * @returns null for anyone but the client, and when there is no such booking: both look the same
 */
export async function findCheckout(db: Db, bookingId: string): Promise<Checkout | null> {
  return toValue(await db.rpc("checkout_details", { booking_id: bookingId }).maybeSingle());
}

/**
 * The cancellation policy of a booking's order, as it was when it was made.
 *
 * @param db a party's
 * @param bookingId the booking
 * @returns null for anyone but the parties
 */
export async function findOrderPolicy(
  db: Db,
  bookingId: string,
): Promise<CancellationPolicy | null> {
  return toValue(
    await db
      .from("orders")
      .select(`${POLICY_COLUMNS}, bookings!bookings_order_id_fkey!inner(id)`)
      .eq("bookings.id", bookingId)
      .maybeSingle(),
  );
}

/** A checkout whose time is still held at this moment. */
export type HeldCheckout = Checkout & { hold_expires_at: string };

/** Whether a booking waits for its payment: afterwards it is confirmed, or the time is free again. */
export function isHeld(checkout: Checkout, now: Date): checkout is HeldCheckout {
  return (
    checkout.booking_status === "held" &&
    checkout.hold_expires_at !== null &&
    Date.parse(checkout.hold_expires_at) > now.getTime()
  );
}
