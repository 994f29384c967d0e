import { z } from "zod";

import type { Database } from "~/lib/database.types";
import { formatDateTime } from "~/lib/format-date";

export type BookingStatus = Database["public"]["Enums"]["booking_status"];
export type Actor = Database["public"]["Enums"]["booking_actor"];

type Look = "default" | "outline" | "lamp" | "success";

const BADGES: Record<BookingStatus, { label: string; look: Look }> = {
  held: { label: "Waiting for payment", look: "lamp" },
  requested: { label: "Waiting for an answer", look: "lamp" },
  confirmed: { label: "Confirmed", look: "success" },
  completed: { label: "Held", look: "default" },
  cancelled: { label: "Cancelled", look: "outline" },
  declined: { label: "Declined", look: "outline" },
  expired: { label: "Not booked", look: "outline" },
  no_show_client: { label: "Client did not come", look: "outline" },
  no_show_coach: { label: "Coach did not come", look: "outline" },
};

/** A status as a badge says it. */
export function statusBadge(status: BookingStatus): { label: string; look: Look } {
  return BADGES[status];
}

export type BookingEvent = {
  actor: Actor;
  before: BookingStatus | null;
  after: BookingStatus;
  /** What the database noted besides; of a move, from when to when. */
  detail?: unknown;
};

const DetailSchema = z.object({
  /** Where it was booked, if not here. */
  at: z.literal("calendly").optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  reason: z.string().optional(),
});

/**
 * What happened to a booking, in words for one of its parties.
 *
 * @param event a change of its status, and who made it
 * @param reader who reads: "you" is them
 * @param counterpart the name of the other party
 * @param isFree whether there was nothing to pay
 */
export function eventWords(
  event: BookingEvent,
  reader: Actor,
  counterpart: string,
  isFree = false,
): string {
  const who = event.actor === reader ? "You" : counterpart;
  if (event.before === event.after) {
    return `${isParty(event.actor) ? who : "Our team"} moved the session`;
  }
  switch (event.after) {
    case "held":
      return detailsOf(event).at ? `${who} booked this time at Calendly` : `${who} took this time`;
    case "requested":
      return `${reader === "client" ? "You" : counterpart} asked for this time`;
    case "confirmed":
      if (event.before === "requested") return `${who} accepted`;
      return isFree ? "Confirmed" : "Paid and confirmed";
    case "completed":
      return "The session ended";
    case "cancelled":
      if (event.before === "requested") return `${who} took the request back`;
      return isParty(event.actor) ? `${who} cancelled` : "Cancelled by our team";
    case "declined":
      return `${who} declined`;
    case "expired":
      if (event.before === "requested") return "Not answered in time: the time is free again";
      return isParty(event.actor)
        ? `${who} let the time go`
        : "Not paid in time: the time is free again";
    case "no_show_client":
    case "no_show_coach":
      return BADGES[event.after].label;
  }
}

/** A session that is not to be, as far as its title needs to know. */
export type OverSession = {
  status: BookingStatus;
  party: Actor;
  counterpart_name: string;
  cancelled_by: Actor | null;
  refunded_cents: number;
  /** Of a request. */
  answer_by: string | null;
  is_charged: boolean;
};

/**
 * Whether a coach left a session out when they took others that were asked for with it: it costs nothing
 * then, and one that is declined with all the others keeps its price.
 */
export function isLeftOut(session: {
  status: BookingStatus;
  asked_count: number;
  amount_cents: number;
  credit_of: string | null;
}): boolean {
  return (
    session.status === "declined" &&
    session.asked_count > 1 &&
    session.amount_cents === 0 &&
    session.credit_of === null
  );
}

/** Why a session is not to be, as a title for one of its parties. */
export function overTitle(session: OverSession): string {
  const { status, party, counterpart_name: counterpart, cancelled_by: by } = session;
  if (status === "declined") return party === "coach" ? "You declined" : `${counterpart} declined`;
  if (status === "expired" && session.answer_by) return "The request was not answered in time";
  if (status === "cancelled" && session.answer_by && !session.is_charged) {
    return by === party ? "You took the request back" : `${counterpart} took the request back`;
  }
  if (status === "cancelled") {
    if (by === party) return "You cancelled this session";
    return by && isParty(by)
      ? `${counterpart} cancelled this session`
      : "Our team cancelled this session";
  }
  return session.refunded_cents > 0
    ? "The time was gone when the payment came"
    : "This time was not booked";
}

/**
 * What else there is to say of it: from when to when, and the reason that was given.
 *
 * @param timeZone the reader's
 * @returns sentences; none for most events
 */
export function eventDetails(event: BookingEvent, timeZone: string): string[] {
  const { from, to, reason } = detailsOf(event);
  return [
    ...(from && to
      ? [`From ${formatDateTime(from, timeZone)}`, `to ${formatDateTime(to, timeZone)}.`]
      : []),
    ...(reason ? [`“${reason}”`] : []),
  ];
}

function detailsOf({ detail }: BookingEvent): z.infer<typeof DetailSchema> {
  return DetailSchema.safeParse(detail).data ?? {};
}

function isParty(actor: Actor): boolean {
  return actor === "client" || actor === "coach";
}
