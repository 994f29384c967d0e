import { expect, it } from "vitest";

import { formatDayName } from "./format-day.ts";

it("names a calendar day, whatever the zone of the machine", () => {
  expect(formatDayName("2026-06-02")).toEqual({
    full: "Tuesday, June 2, 2026",
    weekday: "Tue",
    short: "Jun 2",
  });
});
