import { describe, expect, it } from "vitest";

import { coachFacts, shortStates } from "./coach-facts";

const languages = [
  { value: "en", label: "English" },
  { value: "es", label: "Spanish" },
];

describe("what a card says of a coach", () => {
  it("says nothing of sessions before the first, nor that English is spoken", () => {
    const coach = { states: ["AZ"], languages: ["en"], sessions_held: 0 };
    expect(coachFacts(coach, { languages })).toEqual(["AZ"]);
  });

  it("counts sessions and names other languages", () => {
    const coach = { states: ["AZ"], languages: ["en", "es"], sessions_held: 1204 };
    expect(coachFacts(coach, { languages })).toEqual(["1,204 sessions", "AZ", "Spanish"]);
  });

  it("names three states and counts the rest", () => {
    expect(shortStates(["AZ", "CA", "NV"])).toBe("AZ, CA, NV");
    expect(shortStates(["AZ", "CA", "NV", "UT"])).toBe("AZ, CA, NV and 1 more state");
  });
});
