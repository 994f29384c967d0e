import { describe, expect, it } from "vitest";

import { isDue, parseSchedule } from "./cron-schedule.ts";

/** The due minutes between two instants, as a worker that looks every minute finds them. */
function dueMinutes(schedule: string, from: string, to: string): string[] {
  const parsed = parseSchedule(schedule);
  const due: string[] = [];
  for (let now = Date.parse(from); now <= Date.parse(to); now += 60_000) {
    if (isDue(parsed, now - 60_000, now)) due.push(new Date(now).toISOString().slice(5, 16));
  }
  return due;
}

describe("parseSchedule", () => {
  it.each([
    [
      "*/20 * * * *",
      "2027-03-01T10:00Z",
      "2027-03-01T10:59Z",
      ["03-01T10:00", "03-01T10:20", "03-01T10:40"],
    ],
    [
      "5,7-9 3 * * *",
      "2027-03-01T03:00Z",
      "2027-03-01T04:59Z",
      ["03-01T03:05", "03-01T03:07", "03-01T03:08", "03-01T03:09"],
    ],
    ["0 12 * * mon-wed", "2027-03-06T00:00Z", "2027-03-09T23:00Z", ["03-08T12:00", "03-09T12:00"]],
    ["0 0 13 * 5", "2027-03-11T00:00Z", "2027-03-14T00:00Z", ["03-12T00:00", "03-13T00:00"]],
    ["0 0 $ feb *", "2027-02-26T00:00Z", "2027-03-31T23:59Z", ["02-28T00:00"]],
    ["0 9 * * 7", "2027-03-06T00:00Z", "2027-03-08T00:00Z", ["03-07T09:00"]],
    ["@hourly", "2027-03-01T10:01Z", "2027-03-01T11:59Z", ["03-01T11:00"]],
  ])("finds when %s is due", (schedule, from, to, expected) => {
    expect(dueMinutes(schedule, from, to)).toEqual(expected);
  });

  it.each([
    "",
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "5-1 * * * *",
    "0 seconds",
    "60 seconds",
    "*/0 * * * *",
    "soon",
  ])("refuses %j", (schedule) => {
    expect(() => parseSchedule(schedule)).toThrow("invalid schedule");
  });
});

describe("isDue", () => {
  it("counts an interval from the last start", () => {
    const schedule = parseSchedule("10 seconds");
    expect(isDue(schedule, 1_000, 10_999)).toBe(false);
    expect(isDue(schedule, 1_000, 11_000)).toBe(true);
  });

  it("runs a minute once, and makes up for one that passed unseen", () => {
    const schedule = parseSchedule("30 * * * *");
    const start = Date.parse("2027-03-01T10:30:05Z");
    expect(isDue(schedule, start, start + 50_000)).toBe(false);
    expect(isDue(schedule, start - 120_000, start + 170_000)).toBe(true);
  });

  it("does not run late what it slept through for hours", () => {
    const schedule = parseSchedule("30 10 * * *");
    expect(isDue(schedule, Date.parse("2027-03-01T08:00Z"), Date.parse("2027-03-01T14:00Z"))).toBe(
      false,
    );
  });
});
