import { describe, expect, it } from "vitest";

import { readTap } from "./tap.ts";

describe("readTap", () => {
  it("counts what passed", () => {
    expect(readTap(["1..2", "ok 1 - one", "ok 2"])).toEqual({ passed: 2, failures: [] });
  });

  it("reports a failure with its explanation, and not with the next test's", () => {
    const { passed, failures } = readTap([
      "1..3",
      "not ok 1 - a stranger sees nothing",
      '# Failed test 1: "a stranger sees nothing"',
      "#     Records returned:",
      "ok 2 - fine",
      "# a remark",
      "ok 3 - fine",
    ]);
    expect(passed).toBe(2);
    expect(failures).toEqual([
      'a stranger sees nothing\n  # Failed test 1: "a stranger sees nothing"\n  #     Records returned:',
    ]);
  });

  it.each([
    ["stops early", ["1..3", "ok 1", "ok 2"], "planned 3 tests but ran 2"],
    ["runs more than it planned", ["1..1", "ok 1", "ok 2"], "planned 1 tests but ran 2"],
    ["has no plan", ["ok 1"], "no plan: the file must call plan() and finish()"],
    ["printed nothing", [], "no plan: the file must call plan() and finish()"],
    ["bails out", ["1..0", "Bail out! no table"], "Bail out! no table"],
  ])("fails a file that %s", (_name, lines, failure) => {
    expect(readTap(lines).failures).toEqual([failure]);
  });

  it("accepts a plan at the end and a failure that is announced", () => {
    expect(readTap(["ok 1", "not ok 2 - later # TODO not yet", "1..2"])).toEqual({
      passed: 2,
      failures: [],
    });
  });
});
