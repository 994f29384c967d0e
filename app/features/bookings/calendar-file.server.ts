import { createEvent } from "ics";

/** A session as a calendar shows it. */
export type CalendarSession = {
  bookingId: string;
  title: string;
  counterpart: string;
  startsAt: string;
  endsAt: string;
};

/**
 * A session as a file for a calendar. Its UID is the one in our mails, so that a calendar that has
 * the session already updates it.
 *
 * @param session one that is confirmed
 * @param page.origin the site's, page.path the session's page
 * @returns the text of an .ics file
 * @throws Error when the session can't be written as one: that is a bug
 */
export function calendarFile(
  session: CalendarSession,
  page: { origin: string; path: string },
): string {
  const link = page.origin + page.path;
  const { error, value } = createEvent({
    uid: `${session.bookingId}@${new URL(page.origin).hostname}`,
    method: "PUBLISH",
    status: "CONFIRMED",
    productId: "walkthrough/sessions",
    title: `${session.title} with ${session.counterpart}`,
    description: `Join, change or cancel: ${link}`,
    url: link,
    start: Date.parse(session.startsAt),
    startInputType: "utc",
    startOutputType: "utc",
    end: Date.parse(session.endsAt),
    endInputType: "utc",
    endOutputType: "utc",
  });
  if (error || !value) throw error ?? new Error("The calendar file could not be made.");
  return value;
}
