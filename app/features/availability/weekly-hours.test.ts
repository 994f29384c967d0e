import { parseWithZod } from "@conform-to/zod/v4";
import { describe, expect, it } from "vitest";

import { timeLabel, timeOptions, WeeklyHoursSchema, weekValues } from "./weekly-hours.ts";

function parse(values: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return parseWithZod(form, { schema: WeeklyHoursSchema });
}

function errorsOf(values: Record<string, string>) {
  return parse(values).reply().error;
}

describe("the form of a week", () => {
  it("leaves out blocks that are empty, and keeps the day of the others", () => {
    const submission = parse({
      "from-1-1": "09:00",
      "to-1-1": "12:00",
      "from-1-2": "",
      "to-1-2": "",
      "from-7-3": "18:00",
      "to-7-3": "24:00",
    });
    expect(submission.status === "success" && submission.value).toEqual([
      { weekday: 1, starts_at: "09:00", ends_at: "12:00" },
      { weekday: 7, starts_at: "18:00", ends_at: "24:00" },
    ]);
  });

  it("is a week without hours when nothing is chosen", () => {
    const submission = parse({});
    expect(submission.status === "success" && submission.value).toEqual([]);
  });

  it("asks for the other half of a block", () => {
    expect(errorsOf({ "from-2-1": "09:00", "to-3-1": "10:00" })).toEqual({
      "to-2-1": ["Choose an end."],
      "from-3-1": ["Choose a start."],
    });
  });

  it("takes times only, and no 25th hour", () => {
    expect(errorsOf({ "from-1-1": "nine", "to-1-1": "24:30" })).toEqual({
      "from-1-1": ["Choose a time from the list."],
      "to-1-1": ["Choose a time from the list."],
    });
  });

  it("shows what is stored, a day's blocks in order of time", () => {
    const values = weekValues([
      { weekday: 5, starts_at: "13:00:00", ends_at: "24:00:00" },
      { weekday: 5, starts_at: "09:00:00", ends_at: "12:00:00" },
    ]);
    expect(values).toEqual({
      "from-5-1": "09:00",
      "to-5-1": "12:00",
      "from-5-2": "13:00",
      "to-5-2": "24:00",
    });
  });
});

describe("the times of a day", () => {
  it("start at midnight and end at midnight", () => {
    const starts = timeOptions(false).map(({ value }) => value);
    const ends = timeOptions(true).map(({ value }) => value);
    expect([starts.length, starts[0], starts.at(-1)]).toEqual([48, "00:00", "23:30"]);
    expect([ends.length, ends[0], ends.at(-1)]).toEqual([48, "00:30", "24:00"]);
  });

  it("include a time that is no half hour once it is chosen, in its place", () => {
    const values = timeOptions(false, "09:10").map(({ value }) => value);
    expect(values.slice(18, 21)).toEqual(["09:00", "09:10", "09:30"]);
  });

  it("read as people say them", () => {
    expect(["00:00", "00:30", "09:05", "12:00", "23:30", "24:00"].map(timeLabel)).toEqual([
      "12:00 AM",
      "12:30 AM",
      "9:05 AM",
      "12:00 PM",
      "11:30 PM",
      "Midnight",
    ]);
  });
});
