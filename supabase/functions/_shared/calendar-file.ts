import { createEvents } from "ics";

/** A session in a calendar. Times are instants, ISO 8601. */
export type CalendarEntry = {
  /** Of the booking or the date: what the UID is made of. */
  id: string;
  /** Its page on the site. */
  path: string;
  status: "CONFIRMED" | "TENTATIVE" | "CANCELLED";
  /** Rises with each change: calendars take the entry with the highest (RFC 5546 §2.1.4). */
  sequence: number;
  /** When this was written or last changed. */
  changedAt: string;
  startsAt: string;
  endsAt: string;
  title: string;
};

type CalendarFile = {
  /** REQUEST invites and moves, CANCEL takes out again, PUBLISH is a copy to look at. */
  method: "REQUEST" | "CANCEL" | "PUBLISH";
  entries: readonly CalendarEntry[];
  /** The site's address. */
  origin: string;
  /** Who invites, as MAIL_FROM has it: "Name <address>" or an address. */
  from: string;
  /** Who is invited. */
  to?: string;
  /** What a subscribed calendar is called. */
  name?: string;
};

/**
 * Sessions as an iCalendar file (RFC 5545), the one way we write them: for mails, to download and
 * to subscribe to. A booking keeps its UID for ever, so that calendar apps move the entry they have
 * and take it out when it is cancelled, wherever it came from. The same input makes the same file,
 * to the letter: a mail that is sent again under its idempotency key must be the same mail.
 * @returns the file's text
 * @throws Error when an entry can't be written: that is a bug
 */
export function calendarFile({ method, entries, origin, from, to, name }: CalendarFile): string {
  const organizer = readAddress(from);
  const events = entries.map((entry) => {
    const link = origin + entry.path;
    return {
      uid: `${entry.id}@${new URL(origin).hostname}`,
      sequence: entry.sequence,
      status: entry.status,
      ...{ timestamp: Date.parse(entry.changedAt) }, // Spread, because the types of ics lack it.
      title: entry.title,
      description: `Join, change or cancel: ${link}`,
      location: link,
      url: link,
      // In UTC: a floating time would be another one in each zone.
      start: Date.parse(entry.startsAt),
      startInputType: "utc" as const,
      startOutputType: "utc" as const,
      end: Date.parse(entry.endsAt),
      endInputType: "utc" as const,
      endOutputType: "utc" as const,
      transp: entry.status === "CANCELLED" ? ("TRANSPARENT" as const) : ("OPAQUE" as const),
      organizer,
      ...(to && { attendees: [attendee(to)] }),
    };
  });

  const { error, value } = createEvents(events, {
    method,
    productId: "-//Walkthrough//Sessions//EN",
    ...(name && { calName: name }),
  });
  if (error || !value) throw error ?? new Error("The calendar file could not be made.");
  return refold(value);
}

/** A reader who booked has accepted already: no calendar asks again, and nobody is sent an answer. */
function attendee(email: string) {
  return {
    name: email,
    email,
    rsvp: false,
    partstat: "ACCEPTED" as const,
    role: "REQ-PARTICIPANT" as const,
  };
}

/** A quote can't stand in a name: parameters have no way to escape it (RFC 5545 §3.2). */
function readAddress(text: string): { name: string; email: string } {
  const [, name, email] = /^"?(.*?)"?\s*<(.+)>$/.exec(text) ?? [];
  return { name: (name || "Walkthrough").replaceAll('"', "'"), email: email ?? text };
}

/**
 * Lines of at most 75 octets, cut between letters (RFC 5545 §3.1). The library counts letters, of
 * which one may have four octets.
 */
function refold(text: string): string {
  const lines = text.replaceAll(/\r\n[\t ]/g, "").split("\r\n");
  return lines.map(fold).join("\r\n");
}

function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = "";
  let octets = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (octets + size > 75) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += letter;
    octets += size;
  }
  return folded;
}
