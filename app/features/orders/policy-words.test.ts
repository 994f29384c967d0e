import { describe, expect, it } from "vitest";

import { policyWords } from "./policy-words";

function words(full: number, partial: number, percent: number) {
  return policyWords({
    full_refund_minutes: full,
    partial_refund_minutes: partial,
    partial_refund_percent: percent,
  });
}

describe("a cancellation policy in words", () => {
  it("names both tiers of the usual policy", () => {
    expect(words(1440, 240, 50)).toEqual([
      "Cancel at least 24 hours before the start and you get everything back.",
      "Until 4 hours before, you get half back.",
      "Later than that, nothing comes back.",
      "If your coach cancels, you get everything back.",
    ]);
  });

  it("leaves out a tier that the policy has not", () => {
    expect(words(2880, 2880, 50)).toEqual([
      "Cancel at least 2 days before the start and you get everything back.",
      "Later than that, nothing comes back.",
      "If your coach cancels, you get everything back.",
    ]);
    expect(words(1440, 0, 0)).toHaveLength(3);
  });

  it("never threatens with a tier that cannot come", () => {
    expect(words(0, 0, 0)).toEqual([
      "Cancel any time before the start and you get everything back.",
      "If your coach cancels, you get everything back.",
    ]);
    expect(words(60, 0, 25)).toEqual([
      "Cancel at least 1 hour before the start and you get everything back.",
      "After that and until the start, you get 25% back.",
      "If your coach cancels, you get everything back.",
    ]);
  });
});
