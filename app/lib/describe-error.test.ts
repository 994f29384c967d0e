import { describe, expect, it } from "vitest";

import { describeError } from "./describe-error.ts";

describe("describeError", () => {
  it("treats anything unexpected as our own failure", () => {
    expect(describeError(null)).toMatchObject({ status: 500, isOurs: true });
  });

  it("shows our own sentence for a refusal", () => {
    const shown = describeError({ status: 410, data: { message: "This time was just taken." } });
    expect(shown).toMatchObject({ message: "This time was just taken.", isOurs: false });
  });

  it("never shows what a failure of ours says", () => {
    const shown = describeError({ status: 500, data: { message: 'relation "x" does not exist' } });
    expect(shown.message).not.toContain("relation");
  });

  it("falls back to the words of the status's class", () => {
    expect(describeError({ status: 418, data: null }).title).toBe(
      describeError({ status: 400, data: null }).title,
    );
    expect(describeError({ status: 502, data: null }).title).toBe(describeError(null).title);
  });
});
