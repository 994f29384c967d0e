import { describe, expect, it } from "vitest";

import { policyWords } from "./policy-words";

function words(full: number, partial: number, percent: number) {
  return policyWords({
    full_refund_minutes: full,
    partial_refund_minutes: partial,
    partial_refund_percent: percent,
    client_move_minutes: 0,
    client_moves: 0,
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

  it("says how often and until when a client moves a session", () => {
    const policy = { full_refund_minutes: 0, partial_refund_minutes: 0, partial_refund_percent: 0 };
    function first(client_moves: number, client_move_minutes: number) {
      return policyWords({ ...policy, client_moves, client_move_minutes })[0];
    }
    expect(first(2, 1440)).toBe("Change the time yourself twice, up to 24 hours before the start.");
    expect(first(1, 0)).toBe("Change the time yourself once, until the start.");
    expect(first(5, 90)).toMatch(/^Change the time yourself 5 times, up to 1 hour 30 minutes/);
  });
});
