import { bookingWeek } from "~/features/availability/booking-week.server";
import type { Db } from "~/lib/db.server";
import { localDay } from "~/lib/format-date";

import { findSession } from "./bookings.server";
import { moveEffectWords, moveLimitWords } from "./move-words";
import { findMoveTerms, moveSlots } from "./move.server";

/** How far ahead the next free time is looked for. Milliseconds. */
const LOOK_AHEAD = 62 * 24 * 60 * 60 * 1000;

/**
 * What the page that moves a session shows: times to choose from, or, once one is chosen, what
 * changes.
 *
 * @param db a party's
 * @param bookingId the booking
 * @param wanted the first day to show and the start that was chosen, from the address
 * @returns null for anyone but the parties, and when there is no such booking
 */
export async function loadMovePage(
  db: Db,
  bookingId: string,
  wanted: { week: string | null; slot: string | null },
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
  const span = chosen ? { from: chosen, to: new Date(chosen.getTime() + 1000) } : week;
  const [to] = chosen ? await moveSlots(db, bookingId, span, 1) : [];
  const slots = to ? [] : await moveSlots(db, bookingId, week);
  const [later] =
    to || slots.length > 0
      ? []
      : await moveSlots(
          db,
          bookingId,
          { from: week.to, to: new Date(week.to.getTime() + LOOK_AHEAD) },
          1,
        );

  return {
    refusal: terms.refusal,
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

function readInstant(text: string | null): Date | null {
  const instant = new Date(text ?? "");
  return Number.isNaN(instant.getTime()) ? null : instant;
}
