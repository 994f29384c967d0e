import { seatsTakenWords } from "~/features/groups/seat-words";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import { coachDatePath } from "~/lib/paths";

/**
 * A coach's dates between two instants, in order of time, as their calendar shows them.
 *
 * @param db theirs
 * @param span `to` is not included
 */
export async function listCoachDates(db: Db, span: { from: Date; to: Date }) {
  const rows = toValue(
    await db.rpc("coach_dates", {
      from_at: span.from.toISOString(),
      to_at: span.to.toISOString(),
    }),
  );
  return rows.map((date) => ({
    id: date.group_date_id,
    path: coachDatePath(date.group_date_id),
    status: date.status,
    startsAt: date.starts_at,
    endsAt: date.ends_at,
    title: date.offer_title,
    who: seatsTakenWords(date.seats_taken, date.seats),
  }));
}
