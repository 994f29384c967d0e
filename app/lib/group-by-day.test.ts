import { describe, expect, it } from "vitest";

import { groupByDay } from "./group-by-day.ts";

function hourFrom(startsAt: string) {
  return { startsAt, endsAt: new Date(Date.parse(startsAt) + 3_600_000).toISOString() };
}

describe("groupByDay", () => {
  const lateOnMonday = hourFrom("2026-06-02T01:00:00Z");
  const tuesday = hourFrom("2026-06-02T19:00:00Z");

  it("uses the reader's days", () => {
    expect(groupByDay([lateOnMonday, tuesday], "America/New_York")).toEqual([
      { day: "2026-06-01", slots: [lateOnMonday] },
      { day: "2026-06-02", slots: [tuesday] },
    ]);
    expect(groupByDay([lateOnMonday, tuesday], "Europe/London")).toEqual([
      { day: "2026-06-02", slots: [lateOnMonday, tuesday] },
    ]);
  });

  it("keeps both 1:00s of the night the clocks go back, on one day", () => {
    const both = [hourFrom("2026-11-01T05:00:00Z"), hourFrom("2026-11-01T06:00:00Z")];
    expect(groupByDay(both, "America/New_York")).toEqual([{ day: "2026-11-01", slots: both }]);
  });
});
