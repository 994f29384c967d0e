import { describe, expect, it } from "vitest";

import { countResults } from "./count-results.ts";

describe("countResults", () => {
  it.each([
    [
      "Vitest",
      " Test Files  1 failed | 4 passed (5)\n      Tests  2 failed | 40 passed (42)\n",
      1,
      40,
      2,
    ],
    [
      "Vitest, all well",
      " Test Files  5 passed (5)\n      Tests  42 passed | 1 skipped (43)\n",
      0,
      42,
      0,
    ],
    [
      "pgTAP",
      "ok     a.test.sql (3 passed, 12 ms)\nFAILED b.test.sql (1 passed, 9 ms)\n\n4 passed, 1 failed\n",
      1,
      4,
      1,
    ],
    ["Deno", "ok | 12 passed (3 steps) | 0 failed (402ms)\n", 0, 12, 0],
    ["Playwright", "  1 failed\n    [chromium] › a.spec.ts\n  7 passed (12.3s)\n", 1, 7, 1],
  ])("reads what %s prints", (_name, output, code, passed, failed) => {
    expect(countResults(output, code, "suite")).toEqual({ passed, failed });
  });

  it("fails a suite that ended badly whatever it counted, and one that ran nothing", () => {
    expect(countResults("Tests  3 passed (3)", 1, "suite")).toEqual({ passed: 3, failed: 1 });
    expect(countResults("no test files found", 0, "suite")).toEqual({ passed: 0, failed: 1 });
  });

  it("counts a check as one", () => {
    expect(countResults("12 passed", 0, "check")).toEqual({ passed: 1, failed: 0 });
    expect(countResults("", 2, "check")).toEqual({ passed: 0, failed: 1 });
  });
});
