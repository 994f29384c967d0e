import { createEvent } from "ics";

import { counterpart, type MailBooking } from "./notification.ts";

/**
 * The calendar file of a session: an invitation, or its cancellation with the same UID and a
 * higher SEQUENCE, so that calendar apps take the entry out again (RFC 5546 §3.2.5). The same
 * notification makes the same file, whenever it is made: a mail that is sent again under its
 * idempotency key must be the same mail.
 * @param writtenAt when the notification was, ISO 8601
 * @param origin the site's address
 * @returns the file's text
 */
export function calendarFile(
  booking: MailBooking,
  intent: "invite" | "cancel",
  writtenAt: string,
  to: string,
  from: { name: string; email: string },
  origin: string,
): string {
  const isCancel = intent === "cancel";
  const link = `${origin}/bookings/${booking.booking_id}`;
  const { error, value } = createEvent({
    uid: `${booking.booking_id}@${new URL(origin).hostname}`,
    sequence: isCancel ? 1 : 0,
    method: isCancel ? "CANCEL" : "REQUEST",
    status: isCancel ? "CANCELLED" : "CONFIRMED",
    ...{ timestamp: Date.parse(writtenAt) }, // Spread, because the types of ics lack it.
    productId: "walkthrough/sessions",
    title: `${booking.offer_title} with ${counterpart(booking)}`,
    description: `Join, change or cancel: ${link}`,
    url: link,
    start: Date.parse(booking.starts_at),
    startInputType: "utc",
    startOutputType: "utc",
    end: Date.parse(booking.ends_at),
    endInputType: "utc",
    endOutputType: "utc",
    organizer: from,
    attendees: [{ email: to, rsvp: false, partstat: "ACCEPTED", role: "REQ-PARTICIPANT" }],
  });
  if (error || !value) throw error ?? new Error("The calendar file could not be made.");
  return value;
}
