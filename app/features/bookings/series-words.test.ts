import { expect, it } from "vitest";

import { conflictWords, isPossible, rhythmWords, type SeriesDate } from "./series-words";

function date(startsAt: string): SeriesDate {
  return { startsAt, endsAt: startsAt, conflict: null, alternatives: [] };
}

/** Ten o’clock in New York, on three Tuesdays; the clocks go forward before the second. */
const DATES = ["2027-03-09T15:00:00Z", "2027-03-16T14:00:00Z", "2027-03-23T14:00:00Z"].map(date);

it("says the day, the hour and the zone of a series once where nothing changes", () => {
  expect(rhythmWords(DATES, "America/New_York", "Maria")).toEqual([
    "Every Tuesday at 10:00 AM, Eastern Standard Time.",
  ]);
});

it("says when the hour changes for who lives by another clock", () => {
  expect(rhythmWords(DATES, "America/Phoenix", "Maria")).toEqual([
    "Every Tuesday at 8:00 AM, Mountain Standard Time.",
    "From Tuesday, March 16, 2027 on it is 7:00 AM for you: it stays the same by Maria’s clock.",
  ]);
});

it("words each conflict, and none where there is none", () => {
  expect(
    (["taken", "closed", "too_far", null] as const).map((conflict) =>
      conflictWords(conflict, "Maria"),
    ),
  ).toEqual(["Already taken", "Maria does not work then", "Further ahead than Maria plans", null]);
});

it("knows a week in which nothing can be had", () => {
  const [week] = DATES as [SeriesDate];
  expect(isPossible(week)).toBe(true);
  expect(isPossible({ ...week, conflict: "taken", alternatives: [week.endsAt] })).toBe(true);
  expect(isPossible({ ...week, conflict: "too_far" })).toBe(false);
});
