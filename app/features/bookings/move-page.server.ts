import { bookingWeek } from "~/features/availability/booking-week.server";
import type { Db } from "~/lib/db.server";
import { localDay } from "~/lib/format-date";
import type { Scope } from "~/lib/paths";

import { findSession, type Session } from "./bookings.server";
import { moveEffectWords, moveLimitWords } from "./move-words";
import { findMoveTerms, moveSlots } from "./move.server";
import { listFollowingMoves, listSeries } from "./series.server";

/** How far ahead the next free time is looked for, and dates of a group session. Milliseconds. */
const LOOK_AHEAD = 62 * 24 * 60 * 60 * 1000;
const LOOK_AHEAD_FOR_DATES = 366 * 24 * 60 * 60 * 1000;

/**
 * What the page that moves a session shows: times to choose from, or, once one is chosen, what
 * changes.
 *
 * @param db a party's
 * @param bookingId the booking
 * @param wanted the first day to show, the start that was chosen, and whether all that follow are
 *   to move along, from the address
 * @returns null for anyone but the parties, and when there is no such booking
 */
export async function loadMovePage(
  db: Db,
  bookingId: string,
  wanted: { week: string | null; slot: string | null; scope: Scope },
) {
  const chosen = readInstant(wanted.slot);
  const [found, terms] = await Promise.all([
    findSession(db, bookingId),
    findMoveTerms(db, bookingId, chosen?.toISOString()),
  ]);
  if (!found || !terms) return null;

  const { time_zone: timeZone, counterpart_name: counterpart } = found;
  const reader = { isClient: found.party === "client", counterpart, timeZone };
  const now = new Date();
  const week = bookingWeek(wanted.week, timeZone, now);
  const count = found.session_count > 1 ? await countFollowing(db, found) : 1;
  const scope = count > 1 ? wanted.scope : null;
  const andFollowing = scope !== null;
  const span = chosen ? { from: chosen, to: new Date(chosen.getTime() + 1000) } : week;
  const [to] = chosen ? await moveSlots(db, bookingId, { ...span, andFollowing }, 1) : [];
  const following = to && scope ? await listFollowingMoves(db, bookingId, to.startsAt) : [];
  // Dates of a group session are few: they are listed as they come, not week by week.
  const isSeat = found.group_date_id !== null;
  const listed = isSeat ? { from: now, to: new Date(now.getTime() + LOOK_AHEAD_FOR_DATES) } : week;
  const slots = to ? [] : await moveSlots(db, bookingId, { ...listed, andFollowing });
  const [later] =
    to || slots.length > 0 || isSeat
      ? []
      : await moveSlots(
          db,
          bookingId,
          { from: week.to, to: new Date(week.to.getTime() + LOOK_AHEAD), andFollowing },
          1,
        );

  return {
    refusal: terms.refusal,
    scope,
    count,
    isSeat,
    session: {
      title: found.offer_title,
      counterpart,
      startsAt: found.starts_at,
      endsAt: found.ends_at,
      timeZone,
    },
    change:
      to && !terms.refusal
        ? {
            from: { startsAt: found.starts_at, endsAt: found.ends_at },
            to,
            following,
            words: moveEffectWords(terms, reader, now),
          }
        : null,
    isGone: chosen && !to ? "This time is not open any more. Choose another one." : null,
    limit: terms.refusal ? null : moveLimitWords(terms, reader),
    slots: terms.refusal ? [] : slots,
    week: {
      firstDay: week.firstDay,
      lastDay: week.lastDay,
      previous: week.previous,
      next: week.next,
    },
    nextDay: later ? localDay(later.startsAt, timeZone) : null,
  };
}

/** How many sessions of its series, itself included, would move along with a session. */
async function countFollowing(db: Db, session: Session): Promise<number> {
  const series = await listSeries(db, session.order_id);
  return series.filter(
    ({ status, starts_at }) => status === "confirmed" && starts_at >= session.starts_at,
  ).length;
}

function readInstant(text: string | null): Date | null {
  const instant = new Date(text ?? "");
  return Number.isNaN(instant.getTime()) ? null : instant;
}
