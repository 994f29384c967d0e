import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

import type { OfferValues } from "./offer-schema";

const COLUMNS =
  "id, kind, title, description, duration_minutes, price_cents, is_instant, seats, session_count, valid_months, instalments, deposit_sessions, billing_interval, sessions_a_month" as const;

/**
 * What a coach has on sale, cheapest first.
 *
 * @param db theirs
 * @param coachId their practice
 */
export async function listOwnOffers(db: Db, coachId: string) {
  return toValue(
    await db
      .from("offers")
      .select(COLUMNS)
      .eq("coach_id", coachId)
      .is("archived_at", null)
      .order("price_cents")
      .order("created_at"),
  );
}

export type OwnOffer = Awaited<ReturnType<typeof listOwnOffers>>[number];

/**
 * @param db a coach's
 * @param coachId their practice
 * @param offerId the offer
 * @returns null when it is not theirs, or no longer on sale
 */
export async function findOwnOffer(
  db: Db,
  coachId: string,
  offerId: string,
): Promise<OwnOffer | null> {
  return toValue(
    await db
      .from("offers")
      .select(COLUMNS)
      .eq("id", offerId)
      .eq("coach_id", coachId)
      .is("archived_at", null)
      .maybeSingle(),
  );
}

/**
 * Puts a session on sale.
 *
 * @param db the coach's
 * @param offer what is sold
 * @returns the offer's id, or OFTIT, OFDES, OFLEN, OFPRI, OFMNY, OCNON, OCSUS
 */
export async function makeOffer(db: Db, offer: OfferValues): Promise<Result<string>> {
  return toResult(await db.rpc("make_offer", columnsOf(offer)));
}

/**
 * Offers a free intro call.
 *
 * @param db the coach's
 * @param offer what is offered; its price does not count
 * @returns the offer's id, or OFTIT, OFDES, OFLEN, OFINT, OFMNY, OCNON, OCSUS
 */
export async function makeIntroCall(db: Db, offer: OfferValues): Promise<Result<string>> {
  const { title, description, duration_minutes } = columnsOf(offer);
  return toResult(await db.rpc("make_intro_call", { title, description, duration_minutes }));
}

/**
 * Puts a group session on sale.
 *
 * @param db the coach's
 * @param offer what is offered; its price is that of a seat
 * @returns the offer's id, or OFTIT, OFDES, OFLEN, OFPRI, OFSEA, OFMNY, OCNON, OCSUS
 */
export async function makeGroupSession(db: Db, offer: OfferValues): Promise<Result<string>> {
  const { title, description, duration_minutes, price_cents } = columnsOf(offer);
  return toResult(
    await db.rpc("make_group_session", {
      title,
      description,
      duration_minutes,
      price_cents,
      seats: offer.seats ?? 0,
    }),
  );
}

/**
 * Puts a package on sale.
 *
 * @param db the coach's
 * @param offer what is offered; its price is that of one of its sessions
 * @returns the offer's id, or OFTIT, OFDES, OFLEN, OFPRI, OFSES, OFVAL, OFINS, OFDEP, OFMNY, OCNON, OCSUS
 */
export async function makePackage(db: Db, offer: OfferValues): Promise<Result<string>> {
  const { price_cents, ...columns } = columnsOf(offer);
  return toResult(
    await db.rpc("make_package", {
      ...columns,
      session_cents: price_cents,
      session_count: offer.sessionCount ?? 0,
      valid_months: offer.validMonths ?? 0,
      instalments: offer.instalments,
      deposit_sessions: offer.depositSessions,
    }),
  );
}

/**
 * Changes what is sold from now on. What was bought stays as it was.
 *
 * @param db the coach's
 * @param offerId the version on sale
 * @param offer what it becomes
 * @returns the new version's id, or OFTIT, OFDES, OFLEN, OFPRI, OFSEA, OFSES, OFVAL, OFINS, OFDEP, OFGON, OCNON,
 *   OCSUS
 */
export async function changeOffer(
  db: Db,
  offerId: string,
  offer: OfferValues,
): Promise<Result<string>> {
  return toResult(
    await db.rpc("change_offer", {
      offer_id: offerId,
      ...columnsOf(offer),
      seats: offer.seats,
      session_count: offer.sessionCount,
      valid_months: offer.validMonths,
      instalments: offer.instalments,
      deposit_sessions: offer.depositSessions,
    }),
  );
}

/**
 * Takes an offer off sale for good. Booked sessions stay.
 *
 * @param db the coach's
 * @param offerId the version on sale
 * @returns nothing, or OFGON, OFLST, OCNON, OCSUS
 */
export async function archiveOffer(db: Db, offerId: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("archive_offer", { offer_id: offerId }));
}

function columnsOf(offer: OfferValues) {
  return {
    title: offer.title,
    description: offer.description,
    duration_minutes: offer.durationMinutes,
    price_cents: offer.price,
    is_instant: !offer.askFirst,
  };
}
