import { describe, expect, it } from "vitest";

import { moveEffectWords, moveLimitWords } from "./move-words";

const NOW = new Date("2026-11-20T12:00:00Z");
const client = { isClient: true, counterpart: "Maria López", timeZone: "America/Phoenix" };
const terms = {
  move_until: "2026-11-23T16:00:00Z",
  moves_left: 2,
  full_until: "2026-11-24T16:00:00Z",
};

describe("moving a session, in words", () => {
  it("says how often and until when", () => {
    const until = "until Monday, November 23, 2026, 9:00 AM Mountain Standard Time.";
    expect(moveLimitWords(terms, client)).toBe(`You can move this session 2 more times, ${until}`);
    expect(moveLimitWords({ ...terms, moves_left: 1 }, client)).toContain("once more");
    expect(moveLimitWords({ ...terms, moves_left: null }, client)).toBe(
      `You can move this session ${until}`,
    );
  });

  it("tells a client what follows for their money", () => {
    expect(moveEffectWords(terms, client, NOW).at(-1)).toBe(
      "You can then cancel with a full refund until Tuesday, November 24, 2026, 9:00 AM Mountain Standard Time.",
    );
    for (const full_until of [null, "2026-11-20T11:00:00Z"]) {
      expect(moveEffectWords({ ...terms, full_until }, client, NOW).at(-1)).toMatch(/at most/);
    }
  });

  it("tells a client that it is the last time", () => {
    expect(moveEffectWords({ ...terms, moves_left: 1 }, client, NOW).at(-1)).toMatch(/again/);
  });

  it("tells a coach what they give", () => {
    const coach = { ...client, isClient: false, counterpart: "Dana Reed" };
    expect(moveEffectWords(terms, coach, NOW).at(-1)).toMatch(
      /Dana Reed can cancel with a full refund until the start/,
    );
  });
});
