import { describe, expect, it } from "vitest";

import { DEFAULT_BOOKING_RULES, ruleChoices, ruleWords } from "./booking-rules.ts";

const rules = {
  ...DEFAULT_BOOKING_RULES,
  minimum_notice_minutes: 1440,
  slot_step_minutes: 60,
  horizon_days: 30,
};

describe("booking rules", () => {
  it("read as sentences", () => {
    expect(ruleWords(rules)).toEqual([
      "Clients book at least 1 day ahead.",
      "They see your times up to 30 days ahead.",
      "Sessions can start on the hour.",
    ]);
    expect(ruleWords({ ...rules, minimum_notice_minutes: 0, slot_step_minutes: 20 })).toEqual([
      "Clients can book until a session would start.",
      "They see your times up to 30 days ahead.",
      "Sessions can start every 20 minutes.",
    ]);
  });

  it("tell of buffers and limits where there are some", () => {
    const words = ruleWords({
      ...rules,
      buffer_before_minutes: 15,
      buffer_after_minutes: 60,
      max_sessions_per_day: 1,
      max_sessions_per_week: 8,
    });
    expect(words.slice(3)).toEqual([
      "Between two sessions you have at least 1 hour.",
      "You hold at most 1 session a day and 8 sessions a week.",
    ]);
  });

  it("offer what is set already, in its place, even when it is not on the list", () => {
    const { minimum_notice_minutes } = ruleChoices({ ...rules, minimum_notice_minutes: 90 });
    expect(minimum_notice_minutes.slice(1, 4).map(({ label }) => label)).toEqual([
      "1 hour",
      "90 minutes",
      "2 hours",
    ]);
  });
});
