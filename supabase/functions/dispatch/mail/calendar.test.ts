import { booking, movedBooking, sent, series, session } from "../testing/mail.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { readCalendar } from "../testing/read-calendar.ts";

Deno.test("a confirmation brings an invitation for the calendar, in UTC", async () => {
  const { attachments } = await sent();
  const [file] = attachments ?? [];
  equal(file?.filename, "session.ics");
  equal(file?.content_type, "text/calendar; charset=utf-8; method=REQUEST");

  const calendar = readCalendar(file?.content ?? "");
  deepEqual(calendar, {
    ...calendar,
    METHOD: "REQUEST",
    UID: "b1@walkthrough.test",
    SEQUENCE: "0",
    STATUS: "CONFIRMED",
    DTSTAMP: "20261120T123456Z",
    DTSTART: "20261124T160000Z",
    DTEND: "20261124T170000Z",
    SUMMARY: "Listing rehearsal with Maria Lopez",
    URL: "https://walkthrough.test/bookings/b1",
  });
  match(calendar.ORGANIZER ?? "", /mailto:sessions@walkthrough\.test/i);
  match(calendar.ATTENDEE ?? "", /mailto:dana@example\.com/i);
});

Deno.test("a cancellation takes the same entry out of the calendar again", async () => {
  const { attachments } = await sent({
    kind: "booking_cancelled",
    booking: { ...booking, sessions: [{ ...session, sequence: 3 }], cancelled_by: "client" },
  });
  equal(attachments?.[0]?.content_type, "text/calendar; charset=utf-8; method=CANCEL");

  const calendar = readCalendar(attachments?.[0]?.content ?? "");
  deepEqual(calendar, {
    ...calendar,
    METHOD: "CANCEL",
    UID: "b1@walkthrough.test",
    SEQUENCE: "3",
    STATUS: "CANCELLED",
    DTSTART: "20261124T160000Z",
  });
});

Deno.test("an invitation that follows a move has the number of the move", async () => {
  const { attachments } = await sent({
    booking: { ...booking, sessions: [{ ...session, sequence: 2 }] },
  });
  equal(readCalendar(attachments?.[0]?.content ?? "").SEQUENCE, "2");
});

Deno.test("a move moves the same entry of the calendar", async () => {
  const { attachments } = await sent({ kind: "booking_moved", booking: movedBooking });
  const calendar = readCalendar(attachments?.[0]?.content ?? "");
  deepEqual(calendar, {
    ...calendar,
    METHOD: "REQUEST",
    UID: "b1@walkthrough.test",
    SEQUENCE: "1",
    STATUS: "CONFIRMED",
    DTSTART: "20261124T160000Z",
  });
});

Deno.test("names of any script and length survive the calendar file", async () => {
  const long = {
    ...booking,
    coach_name: `Zoë Nguyễn 李娜, ${"of the Very Long Name ".repeat(5)}; Inc.`.trim(),
  };
  const { attachments } = await sent({ booking: long });
  equal(
    readCalendar(attachments?.[0]?.content ?? "").SUMMARY,
    `Listing rehearsal with ${long.coach_name}`,
  );
});

Deno.test("each session of a series has a file and an entry of its own", async () => {
  for (const [kind, method] of [
    ["booking_confirmed", "REQUEST"],
    ["booking_cancelled", "CANCEL"],
  ] as const) {
    const { attachments } = await sent({ kind, booking: { ...series, cancelled_by: "coach" } });
    deepEqual(
      attachments?.map(({ filename }) => filename),
      ["session-1.ics", "session-2.ics"],
    );
    deepEqual(
      attachments?.map(({ content }) => {
        const { METHOD, UID, DTSTART } = readCalendar(content);
        return { METHOD, UID, DTSTART };
      }),
      [
        { METHOD: method, UID: "b1@walkthrough.test", DTSTART: "20261124T160000Z" },
        { METHOD: method, UID: "b2@walkthrough.test", DTSTART: "20261201T160000Z" },
      ],
    );
  }
});
