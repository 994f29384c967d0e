import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

import type { MembershipOfferValues } from "./membership-offer-schema";

const COLUMNS =
  "id, title, description, duration_minutes, price_cents, billing_interval, sessions_a_month, trial_days" as const;

/**
 * The memberships that a coach has on sale, cheapest first.
 *
 * @param db anyone's
 * @param coachId the practice
 */
export async function listMembershipOffers(db: Db, coachId: string) {
  return toValue(
    await db
      .from("offers")
      .select(COLUMNS)
      .eq("coach_id", coachId)
      .eq("kind", "membership")
      .is("archived_at", null)
      .order("price_cents"),
  );
}

/**
 * A membership that is on sale, with whose it is.
 *
 * @param db anyone's
 * @param offerId the offer
 * @param slug the coach's name in addresses
 * @returns null when it is not on sale, or is another coach's
 */
export async function findMembershipOffer(db: Db, offerId: string, slug: string) {
  return toValue(
    await db
      .from("offers")
      .select(`${COLUMNS}, coach:coaches!offers_coach_id_fkey!inner(slug, display_name)`)
      .eq("id", offerId)
      .eq("kind", "membership")
      .eq("coach.slug", slug)
      .eq("coach.status", "approved")
      .is("archived_at", null)
      .maybeSingle(),
  );
}

/**
 * @param db a coach's
 * @param coachId their practice
 * @param offerId the offer
 * @returns null when it is not theirs, or not on sale
 */
export async function findOwnMembershipOffer(db: Db, coachId: string, offerId: string) {
  const offers = await listMembershipOffers(db, coachId);
  return offers.find(({ id }) => id === offerId) ?? null;
}

/**
 * Puts a membership on sale.
 *
 * @param db the coach's
 * @param offer what is sold
 * @returns the offer's id, or OFTIT, OFDES, OFLEN, OFPRI, OFMEM, OFMNY, OCNON, OCSUS
 */
export async function makeMembershipOffer(
  db: Db,
  offer: MembershipOfferValues,
): Promise<Result<string>> {
  return toResult(await db.rpc("make_membership_offer", columnsOf(offer)));
}

/**
 * Changes what is sold from now on. Who has the version before keeps it.
 *
 * @param db the coach's
 * @param offerId the version on sale
 * @param offer what it becomes
 * @returns the new version's id, or what makeMembershipOffer does, or OFGON
 */
export async function changeMembershipOffer(
  db: Db,
  offerId: string,
  offer: MembershipOfferValues,
): Promise<Result<string>> {
  return toResult(
    await db.rpc("change_membership_offer", { offer_id: offerId, ...columnsOf(offer) }),
  );
}

function columnsOf(offer: MembershipOfferValues) {
  return {
    title: offer.title,
    description: offer.description,
    duration_minutes: offer.durationMinutes,
    price_cents: offer.price,
    billing_interval: offer.interval,
    sessions_a_month: offer.sessionsAMonth,
    trial_days: offer.trialDays ?? 0,
  };
}
