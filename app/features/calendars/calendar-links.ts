/** A session to be put into a calendar. Times are instants, ISO 8601. */
export type LinkedSession = { title: string; startsAt: string; endsAt: string; url: string };

/**
 * Addresses at which online calendars offer to add an entry, filled in.
 *
 * @param session what to add; `url` is its page
 * @returns name and address of each calendar
 */
export function calendarLinks(session: LinkedSession): { name: string; href: string }[] {
  return [
    { name: "Google Calendar", href: googleLink(session) },
    { name: "Outlook.com", href: outlookLink("outlook.live.com", session) },
    { name: "Microsoft 365", href: outlookLink("outlook.office.com", session) },
  ];
}

/** Google takes UTC in the basic format of ISO 8601. */
function googleLink({ title, startsAt, endsAt, url }: LinkedSession): string {
  const basic = (instant: string) => isoInstant(instant).replaceAll(/[-:]/g, "");
  return `https://calendar.google.com/calendar/render?${String(
    new URLSearchParams({
      action: "TEMPLATE",
      text: title,
      dates: `${basic(startsAt)}/${basic(endsAt)}`,
      details: `Join, change or cancel: ${url}`,
      location: url,
    }),
  )}`;
}

/** Both Outlooks show a plus sign as it is, so spaces are sent as %20. */
function outlookLink(host: string, { title, startsAt, endsAt, url }: LinkedSession): string {
  const query = new URLSearchParams({
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: title,
    startdt: isoInstant(startsAt),
    enddt: isoInstant(endsAt),
    body: `Join, change or cancel: ${url}`,
    location: url,
  });
  return `https://${host}/calendar/0/deeplink/compose?${String(query).replaceAll("+", "%20")}`;
}

/** 2026-11-24T16:00:00Z: without parts of a second, which neither expects. */
function isoInstant(instant: string): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, "Z");
}
