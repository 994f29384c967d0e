import { expect, it } from "vitest";

import { settledWords, type Standing } from "./attendance-words.ts";

const decided: Standing = {
  outcome: "coach_missing",
  objected_at: null,
  settled_outcome: null,
  settled_reason: null,
  settled_at: null,
};
const later = "2026-11-28T16:00:00Z";

it("says how a decision stands", () => {
  expect(settledWords(decided)).toMatch(/^Unless somebody objects, .* goes back\.$/);
  expect(settledWords({ ...decided, outcome: "held" })).toBe("");
  expect(settledWords({ ...decided, outcome: "unknown" })).toMatch(
    /^Unless somebody objects, .* held\.$/,
  );
  expect(settledWords({ ...decided, objected_at: later })).toMatch(/^We are looking at it/);
  expect(settledWords({ ...decided, settled_at: later, settled_outcome: "coach_missing" })).toMatch(
    /^Nobody objected in time/,
  );
  expect(
    settledWords({
      ...decided,
      objected_at: later,
      settled_at: later,
      settled_outcome: "held",
      settled_reason: "Her dial-in was found.",
    }),
  ).toBe("We looked at it: the session took place. Her dial-in was found.");
});
