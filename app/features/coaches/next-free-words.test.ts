import { expect, it } from "vitest";

import { nextFreeWords } from "./next-free-words";

const now = new Date("2026-11-25T03:30:00Z"); // Tuesday evening in Chicago

function words(instant: string, timeZone = "America/Chicago") {
  return nextFreeWords(instant, timeZone, now);
}

it("says today and tomorrow by the reader's calendar, and the zone", () => {
  expect(words("2026-11-25T04:30:00Z")).toBe("today 10:30 PM Central Standard Time");
  expect(words("2026-11-25T15:00:00Z")).toBe("tomorrow 9:00 AM Central Standard Time");
  expect(words("2026-11-26T05:59:00Z")).toBe("tomorrow 11:59 PM Central Standard Time");
  expect(words("2026-11-26T06:00:00Z")).toBe("Thu, Nov 26, 12:00 AM Central Standard Time");
  expect(words("2026-11-25T15:00:00Z", "Europe/London")).toMatch(/^today 3:00 PM/);
});

it("knows a day of 25 hours", () => {
  const before = new Date("2027-11-07T04:30:00Z"); // half past midnight in New York
  expect(nextFreeWords("2027-11-08T04:30:00Z", "America/New_York", before)).toMatch(/^today/);
  expect(nextFreeWords("2027-11-08T05:30:00Z", "America/New_York", before)).toMatch(/^tomorrow/);
});
