import { describe, expect, it } from "vitest";

import {
  formatDateTime,
  formatDuration,
  formatTime,
  formatTimeRange,
  formatZone,
  localDay,
} from "./format-date.ts";
import { formatMoney } from "./format-money.ts";

describe("formatMoney", () => {
  it.each([
    [6000, "$60"],
    [5950, "$59.50"],
    [123456700, "$1,234,567"],
    [-2500, "−$25"],
    [0, "$0"],
  ])("%i cents is %s", (cents, text) => {
    expect(formatMoney(cents)).toBe(text);
  });

  it("writes the cents where columns must line up", () => {
    expect(formatMoney(6000, { alwaysCents: true })).toBe("$60.00");
  });
});

describe("dates", () => {
  it("names the day, the year and the zone", () => {
    expect(formatDateTime("2026-06-02T21:00:00Z", "America/Phoenix")).toBe(
      "Tuesday, June 2, 2026, 2:00 PM Mountain Standard Time",
    );
  });

  it("tells the two 1:30s of the night the clocks go back apart by the zone's name", () => {
    const first = "2026-11-01T05:30:00Z";
    const second = "2026-11-01T06:30:00Z";
    expect(formatTime(first, "America/New_York")).toBe(formatTime(second, "America/New_York"));
    expect(formatZone(first, "America/New_York")).toBe("Eastern Daylight Time");
    expect(formatZone(second, "America/New_York")).toBe("Eastern Standard Time");
  });

  it("says AM and PM once where once is enough", () => {
    const zone = "America/Chicago";
    expect(formatTimeRange("2026-06-02T19:00:00Z", "2026-06-02T19:45:00Z", zone)).toBe(
      "2:00 – 2:45 PM",
    );
    expect(formatTimeRange("2026-06-02T16:30:00Z", "2026-06-02T17:15:00Z", zone)).toBe(
      "11:30 AM – 12:15 PM",
    );
  });

  it("finds the reader's day, not the server's", () => {
    expect(localDay("2026-06-03T02:00:00Z", "Pacific/Honolulu")).toBe("2026-06-02");
    expect(localDay("2026-06-02T23:30:00Z", "Europe/London")).toBe("2026-06-03");
  });

  it("uses plain spaces only, as every ICU version writes them", () => {
    const text = formatDateTime("2026-06-02T21:00:00Z", "America/New_York");
    expect(text).not.toMatch(/[\u202f\u00a0]/);
  });

  it.each([
    [45, "45 minutes"],
    [60, "1 hour"],
    [90, "1 hour 30 minutes"],
    [0, "0 minutes"],
  ])("%i minutes is %s", (minutes, text) => {
    expect(formatDuration(minutes)).toBe(text);
  });
});
