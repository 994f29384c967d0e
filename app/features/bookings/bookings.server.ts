import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/**
 * Takes a time for a client: it is held for them while they pay.
 *
 * @param db the client's
 * @param booking.startsAt an instant that available_slots offered
 * @param booking.timeZone the client's own zone, for their mails
 * @returns the booking's id, or why not
 */
export async function requestBooking(
  db: Db,
  booking: { offerId: string; startsAt: string; timeZone: string; note: string; coupon?: string },
): Promise<Result<string>> {
  return toResult(
    await db.rpc("request_booking", {
      offer_id: booking.offerId,
      starts_at: booking.startsAt,
      time_zone: booking.timeZone,
      note: booking.note,
      coupon: booking.coupon ?? "",
    }),
  );
}

/** Lets a held time go. Letting go twice is once. */
export async function releaseHold(db: Db, bookingId: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("release_hold", { booking_id: bookingId }));
}

/** One session, as one of its parties sees it. */
export type Session = WithNulls<
  Functions["session_details"]["Returns"][number],
  | "hold_expires_at"
  | "cancelled_by"
  | "cancel_reason"
  | "conversation_id"
  | "meeting_status"
  | "answer_by"
  | "group_date_id"
  | "credit_of"
>;

/**
 * @param db a party's
 * @param bookingId the booking
 * @returns the session; null for anyone but its parties, and when there is none: both look the same
 */
export async function findSession(db: Db, bookingId: string): Promise<Session | null> {
  return toValue(await db.rpc("session_details", { booking_id: bookingId }).maybeSingle());
}

/** What of a session's money went back, or is on its way. */
type SessionRefund = WithNulls<Functions["session_refunds"]["Returns"][number], "settled_at">;

/**
 * What happened to a booking, and the money that went back for it, or for its order as a whole.
 *
 * @param db a party's
 * @param bookingId the booking
 * @returns events and refunds, oldest first; none of either for anyone but the parties
 */
export async function getHistory(db: Db, bookingId: string) {
  const [events, refunds] = await Promise.all([
    db
      .from("booking_events")
      .select("id, actor, before, after, detail, created_at")
      .eq("booking_id", bookingId)
      .order("id"),
    db.rpc("session_refunds", { booking_id: bookingId }),
  ]);
  return { events: toValue(events), refunds: toValue(refunds) as SessionRefund[] };
}

export type History = Awaited<ReturnType<typeof getHistory>>;

/** What a list has of a session, and of a date of a group session, which is one row to its coach. */
type ListedRow = WithNulls<
  Functions["session_list"]["Returns"][number],
  | "booking_id"
  | "hold_expires_at"
  | "counterpart_name"
  | "amount_cents"
  | "group_date_id"
  | "seats"
  | "seats_taken"
>;

/** A session in a list. */
export type ListedSession = ListedRow & { booking_id: string; counterpart_name: string };

/** A date of a group session in its coach's list. */
export type ListedDate = ListedRow & {
  booking_id: null;
  group_date_id: string;
  seats: number;
  seats_taken: number;
};

/** How many sessions a page of the list has; one row more says that there is a next page. */
const PAGE_SIZE = 20;

/**
 * A client's sessions.
 *
 * @param db theirs
 * @param list.isPast false: to come, soonest first; true: over, latest first
 * @param list.page from 1
 */
export async function listSessions(
  db: Db,
  list: { isPast: boolean; page: number },
): Promise<{ sessions: ListedSession[]; hasNext: boolean }> {
  const rows = toValue(
    await db.rpc("session_list", { party: "client", is_past: list.isPast, page_number: list.page }),
  );
  return { sessions: rows.slice(0, PAGE_SIZE), hasNext: rows.length > PAGE_SIZE };
}

/**
 * What is next for a coach.
 *
 * @param db theirs
 * @returns a session with one client, or a date of a group session; null when nothing is to come
 */
export async function findNextOfCoach(db: Db): Promise<ListedSession | ListedDate | null> {
  const [next] = toValue(await db.rpc("session_list", { party: "coach" })) as (
    ListedSession | ListedDate
  )[];
  return next ?? null;
}

/** What comes back if the reader cancels now, and until when it is that much. */
export type RefundQuote = Functions["refund_quote"]["Returns"][number];

/**
 * @param db a party's
 * @param bookingId the booking
 * @returns the quote; null for anyone but the parties
 */
export async function findRefundQuote(db: Db, bookingId: string): Promise<RefundQuote | null> {
  return toValue(await db.rpc("refund_quote", { booking_id: bookingId }).maybeSingle());
}

/**
 * Cancels a confirmed session, or that one and all of its series that follow.
 *
 * @param db a party's
 * @param cancellation.expectedRefundCents the amount they saw; another one by now is refused (OBQTE)
 * @param cancellation.expectedCredits how many sessions they saw go back to their package
 * @returns the cents that go back, or why not
 */
export async function cancelBooking(
  db: Db,
  cancellation: {
    bookingId: string;
    expectedRefundCents: number;
    expectedCredits: number;
    reason: string;
    andFollowing: boolean;
  },
): Promise<Result<number>> {
  return toResult(
    await db.rpc("cancel_booking", {
      booking_id: cancellation.bookingId,
      expected_refund_cents: cancellation.expectedRefundCents,
      reason: cancellation.reason,
      and_following: cancellation.andFollowing,
      expected_credits: cancellation.expectedCredits,
    }),
  );
}
