import { calendarFile } from "../../_shared/calendar-file.ts";
import { env } from "../../_shared/env.ts";
import { counterpart, type MailBooking } from "./notification.ts";

/**
 * The calendar file of a mail: an invitation, which also moves the entry of an earlier one, or its
 * cancellation, which takes it out (RFC 5546 §3.2.5).
 * @param writtenAt when the notification was, ISO 8601
 * @param to the recipient's address
 * @returns the attachment
 */
export function calendarAttachment(
  booking: MailBooking,
  intent: "invite" | "cancel",
  writtenAt: string,
  to: string,
) {
  const method = intent === "cancel" ? "CANCEL" : "REQUEST";
  const file = calendarFile({
    method,
    entries: [
      {
        id: booking.booking_id,
        path: `/bookings/${booking.booking_id}`,
        status: intent === "cancel" ? "CANCELLED" : "CONFIRMED",
        sequence: booking.sequence,
        changedAt: writtenAt,
        startsAt: booking.starts_at,
        endsAt: booking.ends_at,
        title: `${booking.offer_title} with ${counterpart(booking)}`,
      },
    ],
    origin: env.APP_ORIGIN,
    from: env.MAIL_FROM,
    to,
  });
  const bytes = new TextEncoder().encode(file);
  return {
    filename: "session.ics",
    content: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")),
    content_type: `text/calendar; charset=utf-8; method=${method}`,
  };
}
