import { describe, expect, it } from "vitest";

import { calendarWeek } from "./coach-week.server.ts";

// 05:00 on Tuesday in London is still Monday evening in Los Angeles.
const NOW = new Date("2026-06-02T04:00:00Z");

describe("a coach's week", () => {
  it("is the one around today, from Monday, in the reader's zone", () => {
    const week = calendarWeek(null, "America/Los_Angeles", NOW);
    expect(week.today).toBe("2026-06-01");
    expect([week.days[0], week.days[6]]).toEqual(["2026-06-01", "2026-06-07"]);
    expect(week.from.toISOString()).toBe("2026-06-01T07:00:00.000Z");
    expect(week.to.toISOString()).toBe("2026-06-08T07:00:00.000Z");
    expect([week.previous, week.next]).toEqual(["2026-05-25", "2026-06-08"]);
  });

  it("is the one around the wanted day, a Sunday too", () => {
    expect(calendarWeek("2026-06-14", "America/New_York", NOW).days[0]).toBe("2026-06-08");
  });

  it("has an hour less when the clocks go forward in it", () => {
    const { from, to } = calendarWeek("2027-03-14", "America/New_York", NOW);
    expect((to.getTime() - from.getTime()) / 3_600_000).toBe(7 * 24 - 1);
  });

  it("is this week when the address names no day", () => {
    for (const wrong of ["", "soon", "2026-02-30", "9999-99-99", "2026-06"]) {
      expect(calendarWeek(wrong, "America/New_York", NOW).days[0], wrong).toBe("2026-06-01");
    }
  });
});
