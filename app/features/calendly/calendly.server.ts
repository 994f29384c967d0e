import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

import type { CalendlyChoices } from "./choices-schema";

/**
 * A coach's own Calendly account.
 *
 * @param db theirs
 * @returns null when none is connected. `last_ok_at` is null until the calendar was read once,
 *   `stale_since` while it was read recently enough
 */
export async function findConnection(db: Db) {
  const row = toValue(await db.rpc("calendly_connection").maybeSingle());
  if (!row) return null;
  // The generated type of a function's row doesn't know what may be null.
  type Nullable = "last_ok_at" | "stale_since" | "last_error";
  return row as Omit<typeof row, Nullable> & Record<Nullable, string | null>;
}

export type Connection = NonNullable<Awaited<ReturnType<typeof findConnection>>>;

/**
 * Since when we have not been able to read the calendar of an offer's coach, who can be booked
 * meanwhile.
 *
 * @param db anyone's
 * @param offerId the offer
 * @returns null while all is well
 */
export async function findUnreadSince(db: Db, offerId: string): Promise<string | null> {
  return toValue(await db.rpc("calendar_unread_since", { offer_id: offerId }));
}

/**
 * Whether the coach's own calendar had something else at the time of a session.
 *
 * @param db a party's
 * @param bookingId the session
 */
export async function hasClash(db: Db, bookingId: string): Promise<boolean> {
  return toValue(await db.rpc("has_calendar_clash", { booking_id: bookingId }));
}

/**
 * What a coach can choose between: their offers, as which event type each is booked, and the
 * event types there are.
 *
 * @param db theirs
 * @param coachId their practice
 */
export async function findChoices(db: Db, coachId: string) {
  const [offers, eventTypes, chosen] = await Promise.all([
    db
      .from("offers")
      .select("id, lineage_id, title, duration_minutes")
      .eq("coach_id", coachId)
      .is("archived_at", null)
      .in("kind", ["session", "intro_call", "group_session"]) // Others are paid for first, here.
      .order("created_at")
      .then(toValue),
    db
      .from("calendly_event_types")
      .select("id, name, duration_minutes, is_active")
      .eq("coach_id", coachId)
      .order("name")
      .then(toValue),
    db
      .from("calendly_offers")
      .select("lineage_id, event_type_id")
      .eq("coach_id", coachId)
      .then(toValue),
  ]);
  const byLineage = new Map(chosen.map((row) => [row.lineage_id, row.event_type_id]));
  return offers.map((offer) => ({
    offerId: offer.id,
    title: offer.title,
    minutes: offer.duration_minutes,
    chosen: byLineage.get(offer.lineage_id) ?? null,
    options: eventTypes
      .filter((type) => type.is_active && type.duration_minutes === offer.duration_minutes)
      .map(({ id, name }) => ({ value: id, label: name })),
  }));
}

export type OfferChoice = Awaited<ReturnType<typeof findChoices>>[number];

/**
 * Says how the account is used.
 *
 * @param db the coach's
 * @returns nothing, or KCNON, KCTYP, OCNON, OCSUS
 */
export async function saveChoices(
  db: Db,
  { whenStale, intake, choices }: CalendlyChoices,
): Promise<Result<undefined>> {
  return toResult(
    await db.rpc("save_calendly_choices", {
      when_stale: whenStale,
      intake,
      choices: choices.map(({ offerId, eventTypeId }) => ({
        offer_id: offerId,
        event_type_id: eventTypeId ?? null,
      })),
    }),
  );
}

/**
 * Takes the account away, and ends our access at Calendly.
 *
 * @param db the coach's
 * @returns nothing, or OCNON, OCSUS
 */
export async function disconnect(db: Db): Promise<Result<undefined>> {
  return toResult(await db.rpc("disconnect_calendly"));
}
