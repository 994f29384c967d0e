import { expect, it } from "vitest";

import { formatDayRange } from "./format-day-range";

it("names the month once, or both", () => {
  expect(formatDayRange("2026-11-01", "2026-11-07")).toBe("November 1 – 7");
  expect(formatDayRange("2026-11-29", "2026-12-05")).toBe("November 29 – December 5");
});
