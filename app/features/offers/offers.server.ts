import { POLICY_COLUMNS } from "~/features/orders/policy-words";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";

/**
 * An offer that is on sale, with whose it is and what happens when plans change.
 *
 * @param db anyone's
 * @param offerId the offer
 * @param slug the coach's name in addresses
 * @returns null when it is not on sale, or is another coach's
 */
export async function findOffer(db: Db, offerId: string, slug: string) {
  return toValue(
    await db
      .from("offers")
      .select(
        `id, kind, title, description, duration_minutes, price_cents, is_instant, seats, session_count, valid_months, instalments,
         coach:coaches!offers_coach_id_fkey!inner(id, slug, display_name, time_zone,
           policy:cancellation_policies!inner(${POLICY_COLUMNS}))`,
      )
      .eq("id", offerId)
      .eq("coach.slug", slug)
      .eq("coach.status", "approved")
      .is("archived_at", null)
      .maybeSingle(),
  );
}

export type OfferOnSale = NonNullable<Awaited<ReturnType<typeof findOffer>>>;
