import { describe, expect, it } from "vitest";

import { bookingWeek } from "./booking-week.server";

const now = new Date("2026-11-23T05:30:00Z"); // still Sunday the 22nd in Denver

describe("the week to choose a time from", () => {
  it("begins today, by the reader's calendar", () => {
    expect(bookingWeek(null, "America/Denver", now)).toEqual({
      firstDay: "2026-11-22",
      lastDay: "2026-11-28",
      from: new Date("2026-11-22T07:00:00Z"),
      to: new Date("2026-11-29T07:00:00Z"),
      previous: null,
      next: "2026-11-29",
    });
    expect(bookingWeek(null, "Europe/London", now).firstDay).toBe("2026-11-23");
  });

  it("takes a past day, no day and a day that does not exist for today", () => {
    for (const wanted of ["2020-01-01", "soon", "2026-02-30", ""]) {
      expect(bookingWeek(wanted, "America/Denver", now).firstDay, wanted).toBe("2026-11-22");
    }
  });

  it("goes back to today and no further", () => {
    expect(bookingWeek("2026-11-25", "America/Denver", now).previous).toBe("2026-11-22");
    expect(bookingWeek("2026-12-06", "America/Denver", now).previous).toBe("2026-11-29");
  });

  it("ends where nobody can book any more", () => {
    expect(bookingWeek("2099-01-01", "America/Denver", now)).toMatchObject({
      firstDay: "2027-02-20",
      next: null,
    });
  });

  it("is an hour shorter or longer when the clocks change", () => {
    const hours = ({ from, to }: { from: Date; to: Date }) =>
      (to.getTime() - from.getTime()) / 3.6e6;
    const spring = bookingWeek("2027-03-10", "America/Denver", new Date("2027-03-10T18:00:00Z"));
    expect(hours(spring)).toBe(7 * 24 - 1);
    const autumn = bookingWeek("2027-11-05", "America/Denver", new Date("2027-11-05T18:00:00Z"));
    expect(hours(autumn)).toBe(7 * 24 + 1);
  });
});
