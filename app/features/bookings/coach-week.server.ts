import { Temporal } from "temporal-polyfill";

import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import { bookingPath } from "~/lib/paths";

/** A calendar week, as days and as the instants between which it lies. */
export type CalendarWeek = {
  /** Seven days, Monday first, YYYY-MM-DD. */
  days: string[];
  from: Date;
  to: Date;
  /** The Mondays of the weeks before and after. */
  previous: string;
  next: string;
  /** The current day, whether or not it is in this week. */
  today: string;
};

/**
 * The week around a day.
 *
 * @param wanted any day of it (YYYY-MM-DD), from an address; anything else is today
 * @param timeZone the reader's IANA zone: days begin at their midnight
 * @param now this moment
 */
export function calendarWeek(wanted: string | null, timeZone: string, now: Date): CalendarWeek {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const day = readDay(wanted) ?? today;
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  const after = monday.add({ days: 7 });
  return {
    days: Array.from({ length: 7 }, (_, index) => monday.add({ days: index }).toString()),
    from: midnight(monday, timeZone),
    to: midnight(after, timeZone),
    previous: monday.subtract({ days: 7 }).toString(),
    next: after.toString(),
    today: today.toString(),
  };
}

/** What takes a coach's time: neither open holds nor what was called off. */
const ON_THE_CALENDAR = [
  "requested",
  "confirmed",
  "completed",
  "no_show_client",
  "no_show_coach",
] as const;

/** Far more than fit into a week. */
const MOST = 200;

/**
 * A coach's sessions with one client between two instants, in order of time.
 *
 * @param db theirs
 * @param coachId their practice
 * @param span `to` is not included
 */
export async function listCoachSessions(db: Db, coachId: string, span: { from: Date; to: Date }) {
  const rows = toValue(
    await db
      .from("bookings")
      .select(
        `id, status, starts_at, ends_at,
         offer:offers!bookings_offer_id_fkey!inner(title),
         client:profiles!bookings_client_id_fkey(first_name, last_name)`,
      )
      .eq("coach_id", coachId)
      .is("group_date_id", null)
      .in("status", ON_THE_CALENDAR)
      .gte("starts_at", span.from.toISOString())
      .lt("starts_at", span.to.toISOString())
      .order("starts_at")
      .limit(MOST),
  );
  return rows.map(({ id, status, starts_at, ends_at, offer, client }) => ({
    id,
    path: bookingPath(id),
    status,
    startsAt: starts_at,
    endsAt: ends_at,
    title: offer.title,
    // Of somebody who deleted their account no name is left.
    who: `${client?.first_name ?? ""} ${client?.last_name ?? ""}`.trim() || "A former member",
  }));
}

export type CoachSession = Awaited<ReturnType<typeof listCoachSessions>>[number];

function readDay(text: string | null): Temporal.PlainDate | null {
  // Years far off would overflow dates in the database.
  if (!text || !/^20\d{2}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return null;
  }
}

/** Not always 00:00: where the clocks go forward at midnight, the day begins at one. */
function midnight(day: Temporal.PlainDate, timeZone: string): Date {
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}
