import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import { getEnv } from "~/lib/env.server";
import { getLogger } from "~/lib/logger.server";
import { billingPath } from "~/lib/paths";
import type { WithNulls } from "~/lib/row";
import { getStripe } from "~/lib/stripe.server";

/** A payment as its payer sees it. */
export type BillingRow = WithNulls<
  Database["public"]["Functions"]["billing_list"]["Returns"][number],
  | "failure_code"
  | "receipt_url"
  | "invoice_number"
  | "invoice_url"
  | "invoice_pdf_url"
  | "first_booking_id"
  | "starts_at"
  | "membership_id"
  | "period_starts_at"
  | "period_ends_at"
>;

const PAGE_SIZE = 20;

/**
 * What somebody has paid, newest first.
 *
 * @param db theirs
 * @param page from 1
 * @returns the rows, and whether there are more
 */
export async function listPayments(
  db: Db,
  page: number,
): Promise<{ rows: BillingRow[]; hasNext: boolean }> {
  // Two pages' worth of asking would skip rows: the page after is looked for by its first row.
  const [rows, next] = await Promise.all([
    db.rpc("billing_list", { page_size: PAGE_SIZE, page_number: page }),
    db.rpc("billing_list", { page_size: 1, page_number: page * PAGE_SIZE + 1 }),
  ]);
  return { rows: toValue(rows), hasNext: toValue(next).length > 0 };
}

/**
 * @param db anyone's who is signed in
 * @returns their customer at Stripe; null before their first payment
 */
export async function findStripeCustomer(db: Db): Promise<string | null> {
  return toValue(await db.rpc("own_stripe_customer"));
}

/**
 * A way into Stripe's page where somebody changes their card, good once and for some minutes. Their
 * customer must carry their own id, which only we write: a way into another's is never made.
 * https://docs.stripe.com/customer-management
 *
 * @param customerId as the database has it
 * @param profileId who asks
 * @returns the address; null when Stripe can't be reached, which is logged
 */
export async function portalUrl(customerId: string, profileId: string): Promise<string | null> {
  try {
    const stripe = getStripe();
    const customer = await stripe.customers.retrieve(customerId);
    if (customer.deleted || customer.metadata["profile_id"] !== profileId) {
      throw new Error(`Customer ${customerId} is not theirs`);
    }
    const returnUrl = getEnv().APP_ORIGIN + billingPath();
    const session = await stripe.billingPortal.sessions.create({
      customer: customerId,
      return_url: returnUrl,
      flow_data: {
        type: "payment_method_update",
        after_completion: { type: "redirect", redirect: { return_url: returnUrl } },
      },
    });
    return session.url;
  } catch (error) {
    getLogger().error({ err: error }, "billing portal could not be opened");
    return null;
  }
}
