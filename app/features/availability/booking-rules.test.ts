import { describe, expect, it } from "vitest";

import { ruleChoices, ruleWords } from "./booking-rules.ts";

const rules = { minimum_notice_minutes: 1440, slot_step_minutes: 60, horizon_days: 30 };

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

  it("offer what is set already, in its place, even when it is not on the list", () => {
    const { minimum_notice_minutes } = ruleChoices({ ...rules, minimum_notice_minutes: 90 });
    expect(minimum_notice_minutes.slice(1, 4).map(({ label }) => label)).toEqual([
      "1 hour",
      "90 minutes",
      "2 hours",
    ]);
  });
});
