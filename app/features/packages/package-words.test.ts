import { describe, expect, it } from "vitest";

import { leftWords } from "./package-words";

const atOnce = { sessions_paid: 6, credits_left: 5, sessions_to_come: 0, payments_to_come: 0 };
const inParts = { sessions_paid: 2, credits_left: 2, sessions_to_come: 4, payments_to_come: 2 };

describe("what is left of a package", () => {
  it.each([
    [atOnce, "5 of 6 sessions left"],
    [{ ...atOnce, credits_left: 0 }, "Nothing is left"],
    [inParts, "2 sessions left to book · 4 more come with your next 2 payments"],
    [
      { ...inParts, credits_left: 0 },
      "Nothing left to book · 4 more come with your next 2 payments",
    ],
    [
      { sessions_paid: 2, credits_left: 1, sessions_to_come: 1, payments_to_come: 1 },
      "1 session left to book · 1 more comes with your next payment",
    ],
  ])("is said without counting as used what is not paid for: %j", (own, words) => {
    expect(leftWords(own, "your")).toBe(words);
  });

  it("is said to the coach of their client", () => {
    expect(leftWords(inParts, "their")).toMatch(/with their next 2 payments$/);
  });
});
