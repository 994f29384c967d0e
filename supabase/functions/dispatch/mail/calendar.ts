import { calendarFile, type CalendarEntry } from "../../_shared/calendar-file.ts";
import { env } from "../../_shared/env.ts";
import { counterpart, type MailBooking, type MailSession } from "./notification.ts";

/**
 * The calendar files of a mail, one for each session: an invitation, which also moves the entry of
 * an earlier one, or its cancellation, which takes it out (RFC 5546 §3.2.5). Several in one file
 * would be one entry to those who keep to the letter of it (§3.2.2: all have the same UID).
 * @param writtenAt when the notification was, ISO 8601
 * @param to the recipient's address
 * @returns the attachments
 */
export function calendarAttachments(
  booking: MailBooking,
  intent: "invite" | "cancel",
  writtenAt: string,
  to: string,
) {
  const method = intent === "cancel" ? "CANCEL" : "REQUEST";
  return booking.sessions.map((session, index) => ({
    filename: booking.sessions.length === 1 ? "session.ics" : `session-${index + 1}.ics`,
    content: base64(
      calendarFile({
        method,
        entries: [entryOf(session, booking, intent, writtenAt)],
        origin: env.APP_ORIGIN,
        from: env.MAIL_FROM,
        to,
      }),
    ),
    content_type: `text/calendar; charset=utf-8; method=${method}`,
  }));
}

function entryOf(
  session: MailSession,
  booking: MailBooking,
  intent: "invite" | "cancel",
  writtenAt: string,
): CalendarEntry {
  return {
    id: session.booking_id,
    path: `/bookings/${session.booking_id}`,
    status: intent === "cancel" ? "CANCELLED" : "CONFIRMED",
    sequence: session.sequence,
    changedAt: writtenAt,
    startsAt: session.starts_at,
    endsAt: session.ends_at,
    title: `${booking.offer_title} with ${counterpart(booking)}`,
  };
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
