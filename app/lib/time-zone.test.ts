import { describe, expect, it } from "vitest";

import { isTimeZone, TIME_ZONE_CHOICES, timeZoneChoices } from "./time-zone.ts";

describe("time zones", () => {
  it("accepts names of zones only", () => {
    expect(isTimeZone("America/Argentina/Buenos_Aires")).toBe(true);
    expect(isTimeZone("UTC")).toBe(true);
    for (const wrong of ["", "Mars/Olympus", "+05:00", "America/New_York; drop", null, 5]) {
      expect(isTimeZone(wrong), String(wrong)).toBe(false);
    }
  });

  it("offers only zones that exist", () => {
    expect(TIME_ZONE_CHOICES.filter((choice) => !isTimeZone(choice.value))).toEqual([]);
  });

  it("offers the chosen zone even when it is not on the list", () => {
    expect(timeZoneChoices("America/Boise")[0]).toEqual({ value: "America/Boise", label: "Boise" });
    expect(timeZoneChoices("America/Denver")).toBe(TIME_ZONE_CHOICES);
  });
});
