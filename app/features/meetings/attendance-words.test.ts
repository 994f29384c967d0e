import { expect, it } from "vitest";

import { settledWords, type PaidWith, type Standing } from "./attendance-words.ts";

const decided: Standing = {
  outcome: "coach_missing",
  objected_at: null,
  settled_outcome: null,
  settled_reason: null,
  settled_at: null,
};
const paid: PaidWith = { credit_of: null, amount_cents: 15_000 };
const later = "2026-11-28T16:00:00Z";

it("says how a decision stands", () => {
  expect(settledWords(decided, paid)).toMatch(/^Unless somebody objects, .* goes back\.$/);
  expect(settledWords({ ...decided, outcome: "held" }, paid)).toBe("");
  expect(settledWords({ ...decided, outcome: "unknown" }, paid)).toMatch(
    /^Unless somebody objects, .* held\.$/,
  );
  expect(settledWords({ ...decided, objected_at: later }, paid)).toMatch(/^We are looking at it/);
  expect(
    settledWords({ ...decided, settled_at: later, settled_outcome: "coach_missing" }, paid),
  ).toMatch(/^Nobody objected in time/);
  expect(
    settledWords(
      {
        ...decided,
        objected_at: later,
        settled_at: later,
        settled_outcome: "held",
        settled_reason: "Her dial-in was found.",
      },
      paid,
    ),
  ).toBe("We looked at it: the session took place. Her dial-in was found.");
});

it.each([
  ["client_missing", paid, "the payment stays with the coach"],
  ["coach_missing", paid, "all of the payment goes back"],
  ["client_missing", { ...paid, credit_of: "membership" }, "it stays used of the membership"],
  [
    "coach_missing",
    { ...paid, credit_of: "membership" },
    "it goes back to the membership that it was booked with, or as money once its period has ended",
  ],
  ["coach_missing", { ...paid, credit_of: "package" }, "it goes back to the package"],
  ["client_missing", { ...paid, amount_cents: 0 }, "nothing was paid for it, so no money moves"],
  ["coach_missing", { ...paid, amount_cents: 0 }, "nothing was paid for it, so no money moves"],
] satisfies [Standing["outcome"], PaidWith, string][])(
  "of %s says what follows for what was paid with, before and after",
  (outcome, paidWith, words) => {
    const standing = { ...decided, outcome };
    expect(settledWords(standing, paidWith).toLowerCase()).toContain(words);
    const settled = { ...standing, settled_at: later, settled_outcome: outcome };
    expect(settledWords(settled, paidWith).toLowerCase()).toContain(words);
    expect(
      settledWords({ ...settled, settled_reason: "We asked." }, paidWith).toLowerCase(),
    ).toContain(words);
  },
);
