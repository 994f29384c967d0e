import ICAL from "ical.js";
import { beforeAll, describe, expect, it, vi } from "vitest";

import {
  calendarFile,
  type CalendarEntry,
} from "../../../supabase/functions/_shared/calendar-file.ts";
import { feedFile, sessionFile } from "./calendar-files.server";
import type { CalendarSession } from "./calendars.server";

vi.mock("~/lib/env.server", () => ({
  getEnv: () => ({
    APP_ORIGIN: "https://walkthrough.example",
    MAIL_FROM: "Walkthrough <sessions@walkthrough.example>",
  }),
}));

const ID = "0b0c6a52-6a0f-4d2b-a5ce-3f7d0a2f6a11";

const entry: CalendarEntry = {
  id: ID,
  path: `/bookings/${ID}`,
  status: "CONFIRMED",
  sequence: 0,
  changedAt: "2027-02-01T12:34:56.789+00:00",
  startsAt: "2027-03-14T06:30:00+00:00",
  endsAt: "2027-03-14T07:30:00+00:00",
  title: "Listing rehearsal with Maria López",
};

const session: CalendarSession = {
  id: ID,
  party: "client",
  status: "confirmed",
  sequence: 0,
  changed_at: entry.changedAt,
  starts_at: entry.startsAt,
  ends_at: entry.endsAt,
  offer_title: "Listing rehearsal; line by line",
  counterpart_name: "Maria López",
  is_group_date: false,
};

function mailFile(method: "REQUEST" | "CANCEL", changes: Partial<CalendarEntry> = {}): string {
  return calendarFile({
    method,
    entries: [{ ...entry, ...changes }],
    origin: "https://walkthrough.example",
    from: '"Walk \\"through\\"" <sessions@walkthrough.example>',
    to: "dana@example.com",
  });
}

/** Reads a file as strictly as RFC 5545 is written, and gives its events. */
function read(text: string): { method: string; events: InstanceType<typeof ICAL.Event>[] } {
  expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
  for (const line of text.slice(0, -2).split("\r\n")) {
    expect(line, "one line, without a stray break").not.toMatch(/[\r\n]/);
    expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
    expect(Buffer.from(line).toString("utf8"), "no letter is cut in two").not.toContain("\uFFFD");
  }
  const previous = ICAL.design.strict;
  ICAL.design.strict = true;
  try {
    const calendar = new ICAL.Component(ICAL.parse(text) as [string, unknown[], unknown[]]);
    expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
    expect(calendar.getFirstPropertyValue("prodid")).toBe("-//Walkthrough//Sessions//EN");
    const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
    for (const event of events) {
      for (const name of ["uid", "dtstamp", "dtstart", "dtend", "sequence", "organizer"]) {
        expect(event.component.getAllProperties(name), name).toHaveLength(1);
      }
      for (const time of [event.startDate, event.endDate]) {
        expect(time.zone.tzid, "no floating times").toBe("UTC");
      }
    }
    return { method: String(calendar.getFirstPropertyValue("method")), events };
  } finally {
    ICAL.design.strict = previous;
  }
}

/** What every calendar app does with files that it is given (RFC 5546 §2.1.5, §3.2). */
function calendarApp() {
  const entries = new Map<string, { sequence: number; start: string; isOff: boolean }>();
  return {
    take(text: string) {
      const { method, events } = read(text);
      for (const event of events) {
        const known = entries.get(event.uid);
        if (known && known.sequence > event.sequence) continue;
        const isOff =
          method === "CANCEL" ||
          event.component.getFirstPropertyValue("status")?.toString() === "CANCELLED";
        entries.set(event.uid, {
          sequence: event.sequence,
          start: event.startDate.toJSDate().toISOString(),
          isOff,
        });
      }
      return [...entries.values()].filter(({ isOff }) => !isOff).map(({ start }) => start);
    },
  };
}

describe("a booking's calendar files", () => {
  const moved = { sequence: 1, startsAt: "2027-03-15T06:30:00Z", endsAt: "2027-03-15T07:30:00Z" };
  const off = { ...moved, sequence: 2, status: "CANCELLED" as const };

  it("are one event when imported twice, then move it, then take it out", () => {
    const app = calendarApp();
    expect(app.take(mailFile("REQUEST"))).toEqual(["2027-03-14T06:30:00.000Z"]);
    expect(app.take(mailFile("REQUEST"))).toEqual(["2027-03-14T06:30:00.000Z"]);
    expect(app.take(mailFile("REQUEST", moved))).toEqual(["2027-03-15T06:30:00.000Z"]);
    expect(app.take(mailFile("CANCEL", off))).toEqual([]);
  });

  it("bring nothing back when an old one is imported late", () => {
    const app = calendarApp();
    app.take(mailFile("CANCEL", off));
    expect(app.take(mailFile("REQUEST"))).toEqual([]);
    expect(app.take(mailFile("REQUEST", moved))).toEqual([]);
  });

  it("are the same event by mail, by download and in the subscribed calendar", () => {
    const app = calendarApp();
    app.take(mailFile("REQUEST"));
    app.take(sessionFile(session));
    expect(app.take(feedFile([session]).text)).toHaveLength(1);
    expect(
      app.take(feedFile([{ ...session, sequence: 2, status: "cancelled" }]).text),
    ).toHaveLength(0);
  });

  it("say who invites whom, and that nobody has to answer", () => {
    const { method, events } = read(mailFile("REQUEST"));
    expect(method).toBe("REQUEST");
    const [event] = events;
    expect(event?.uid).toBe(`${ID}@walkthrough.example`);
    expect(event?.organizer.toLowerCase()).toBe("mailto:sessions@walkthrough.example");
    const [attendee] = event?.attendees ?? [];
    expect(attendee?.getFirstValue()).toBe("mailto:dana@example.com");
    expect(attendee?.getParameter("partstat")).toBe("ACCEPTED");
    expect(attendee?.getParameter("rsvp")).toBe("FALSE");
    expect(event?.component.getFirstPropertyValue("dtstamp")?.toString()).toBe(
      "2027-02-01T12:34:56Z",
    );
  });

  it.each([
    ["marks that mean something in the format", 'Pricing; lot, line \\ and "quote"'],
    ["a line break", "Rehearsal\nBEGIN:VEVENT"],
    ["letters of four octets", "🏡".repeat(60)],
    ["letters of three octets", "李娜".repeat(80)],
    ["a long text", "Negotiation that holds under pressure ".repeat(10).trim()],
  ])("keep %s", (_what, title) => {
    const { events } = read(mailFile("REQUEST", { title }));
    expect(events).toHaveLength(1);
    expect(events[0]?.summary).toBe(title);
  });
});

describe("a subscribed calendar", () => {
  it("shows each session with its status", () => {
    const statuses = ["confirmed", "completed", "requested", "cancelled"] as const;
    const sessions = statuses.map((status, index) => ({ ...session, id: `b${index}`, status }));
    const { method, events } = read(feedFile(sessions).text);
    expect(method).toBe("PUBLISH");
    expect(
      events.map((event) => event.component.getFirstPropertyValue("status")?.toString()),
    ).toEqual(["CONFIRMED", "CONFIRMED", "TENTATIVE", "CANCELLED"]);
  });

  it("is a calendar with nothing in it when there are no sessions", () => {
    const file = feedFile([]);
    expect(read(file.text).events).toEqual([]);
    expect(file.lastModified).toBeNull();
  });

  it("is tagged by what it says", () => {
    const file = feedFile([session]);
    expect(feedFile([{ ...session }])).toEqual(file);
    expect(file.lastModified).toBe("Mon, 01 Feb 2027 12:34:56 GMT");
    expect(feedFile([{ ...session, sequence: 1 }]).etag).not.toBe(file.etag);
  });
});

beforeAll(() => {
  // What the reader above refuses, so that it can be trusted: a bare line feed and a long line.
  expect(() => read("BEGIN:VCALENDAR\nEND:VCALENDAR\r\n")).toThrow(/stray break/);
  expect(() => read(`X:${"x".repeat(80)}\r\nEND:VCALENDAR\r\n`)).toThrow(/75/);
});
