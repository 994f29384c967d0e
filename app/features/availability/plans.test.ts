import { parseWithZod } from "@conform-to/zod/v4";
import { describe, expect, it } from "vitest";

import { isDay, OverrideSchema } from "./plan-schemas";
import { groupOverrides } from "./plans";

function parse(values: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return parseWithZod(form, { schema: OverrideSchema });
}

describe("a date with hours of its own", () => {
  it("has the blocks that are filled in", () => {
    const sent = {
      day: "2027-02-28",
      kind: "hours",
      from_1: "09:00",
      to_1: "12:00",
      from_2: "",
      to_2: "",
      from_3: "20:00",
      to_3: "24:00",
    };
    const submission = parse(sent);
    expect(submission.status === "success" && submission.value).toEqual({
      day: "2027-02-28",
      hours: [
        { starts_at: "09:00", ends_at: "12:00" },
        { starts_at: "20:00", ends_at: "24:00" },
      ],
    });
  });

  it("is closed whatever stands in the times", () => {
    const submission = parse({ day: "2027-02-28", kind: "closed", from_1: "09:00", to_1: "12:00" });
    expect(submission.status === "success" && submission.value).toEqual({
      day: "2027-02-28",
      hours: [],
    });
  });

  it("says what is missing where it is missing", () => {
    expect(parse({ day: "2027-02-28", kind: "hours" }).reply().error).toEqual({
      from_1: ["Choose hours, or that you are closed all day."],
    });
    expect(parse({ day: "2027-02-28", kind: "hours", from_2: "09:00" }).reply().error).toEqual({
      to_2: ["Choose an end."],
    });
    expect(parse({ day: "2027-02-30", kind: "closed" }).reply().error).toEqual({
      day: ["Choose a date."],
    });
  });
});

it("knows the days of the calendar", () => {
  expect(["2028-02-29", "2027-12-31"].filter(isDay)).toHaveLength(2);
  expect(["2027-02-29", "2027-13-01", "tomorrow", "", "1027-01-01"].filter(isDay)).toEqual([]);
});

it("puts the blocks of a date together", () => {
  expect(
    groupOverrides([
      { day: "2027-02-27", starts_at: null, ends_at: null },
      { day: "2027-02-28", starts_at: "09:00:00", ends_at: "12:30:00" },
      { day: "2027-02-28", starts_at: "20:00:00", ends_at: "24:00:00" },
    ]),
  ).toEqual([
    { day: "2027-02-27", hours: [] },
    { day: "2027-02-28", hours: ["9:00 AM – 12:30 PM", "8:00 PM – Midnight"] },
  ]);
});
