import { expect, it } from "vitest";

import { calendarFile } from "./calendar-file.server";

it("writes the session in UTC under the UID of our mails", () => {
  const text = calendarFile(
    {
      bookingId: "0b0c6a52-6a0f-4d2b-a5ce-3f7d0a2f6a11",
      title: "Listing rehearsal; line by line",
      counterpart: "Maria López",
      startsAt: "2027-03-14T06:30:00+00:00",
      endsAt: "2027-03-14T07:30:00+00:00",
    },
    { origin: "https://walkthrough.example", path: "/bookings/0b0c" },
  ).replaceAll("\r\n\t", "");

  expect(text).toContain("UID:0b0c6a52-6a0f-4d2b-a5ce-3f7d0a2f6a11@walkthrough.example\r\n");
  expect(text).toContain("DTSTART:20270314T063000Z\r\n");
  expect(text).toContain("DTEND:20270314T073000Z\r\n");
  expect(text).toContain("SUMMARY:Listing rehearsal\\; line by line with Maria López\r\n");
  expect(text).toContain("https://walkthrough.example/bookings/0b0c");
});
