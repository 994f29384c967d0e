import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import { recordStripePrice } from "~/lib/service-db.server";
import { getStripe } from "~/lib/stripe.server";
import { COACHING_TAX_CODE } from "~/lib/tax-code";

/**
 * The price at Stripe of a membership offer, made the first time that it is needed: a version never
 * changes, so there is one for each. However often that is asked, it is one.
 *
 * @param db anyone's who sees the offer
 * @param offerId the version that is sold
 */
export async function makeStripePrice(db: Db, offerId: string): Promise<string> {
  const offer = toValue(
    await db
      .from("offers")
      .select("title, price_cents, currency, billing_interval")
      .eq("id", offerId)
      .single(),
  );
  const price = await getStripe().prices.create(
    {
      currency: offer.currency,
      unit_amount: offer.price_cents,
      recurring: { interval: offer.billing_interval ?? "month" },
      tax_behavior: "exclusive",
      product_data: {
        name: offer.title,
        metadata: { offer_id: offerId },
        tax_code: COACHING_TAX_CODE,
      },
      metadata: { offer_id: offerId },
    },
    { idempotencyKey: `price:${offerId}` },
  );
  return recordStripePrice(offerId, price.id);
}
