import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import type { Slot } from "~/lib/group-by-day";

/**
 * The times at which an offer can be booked.
 *
 * @param db anyone's
 * @param offerId the offer
 * @param span instants; `to` is not included, and at most 62 days after `from`
 * @param limit how many at most
 * @returns free times in order; none for an offer that is not on sale
 */
export async function freeSlots(
  db: Db,
  offerId: string,
  span: { from: Date; to: Date },
  limit?: number,
): Promise<Slot[]> {
  const query = db.rpc("available_slots", {
    offer_id: offerId,
    from_at: span.from.toISOString(),
    to_at: span.to.toISOString(),
  });
  const rows = toValue(await (limit === undefined ? query : query.limit(limit)));
  return rows.map((row) => ({ startsAt: row.starts_at, endsAt: row.ends_at }));
}

/**
 * The next free times of each offer of a coach, for the coach's page.
 *
 * @param db anyone's
 * @param coachId the coach
 * @returns a few times by the id of the offer, soonest first; an offer with none is not there
 */
export async function nextSlots(db: Db, coachId: string): Promise<Record<string, Slot[]>> {
  const rows = toValue(await db.rpc("next_slots", { coach_id: coachId }));
  const byOffer: Record<string, Slot[]> = {};
  for (const row of rows) {
    (byOffer[row.offer_id] ??= []).push({ startsAt: row.starts_at, endsAt: row.ends_at });
  }
  return byOffer;
}

/** The longest span that available_slots looks at. Milliseconds. */
const LONGEST_SPAN = 62 * 24 * 60 * 60 * 1000;

/**
 * The first time at which an offer can be booked from an instant on.
 *
 * @param db anyone's
 * @param offerId the offer
 * @param from the instant
 * @returns null when there is none within two months
 */
export async function nextFreeSlot(db: Db, offerId: string, from: Date): Promise<Slot | null> {
  const to = new Date(from.getTime() + LONGEST_SPAN);
  const [first] = await freeSlots(db, offerId, { from, to }, 1);
  return first ?? null;
}
