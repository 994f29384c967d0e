export type TapReport = {
  passed: number;
  /** What went wrong, each with the explanation that followed it. */
  failures: string[];
};

const RESULT = /^(not )?ok\b\s*(\d+)?\s*(?:-\s*)?(.*)$/;

/**
 * Reads the output of one test file in the Test Anything Protocol. Wrong counts are failures
 * too: a file that ends early, or that has no plan, must not pass for what it did not test.
 */
export function readTap(lines: string[]): TapReport {
  const failures: string[] = [];
  let planned: number | null = null;
  let ran = 0;
  let passed = 0;
  let explaining = false;

  for (const line of lines) {
    const plan = /^1\.\.(\d+)/.exec(line);
    const result = RESULT.exec(line);

    if (plan) {
      planned = Number(plan[1]);
      explaining = false;
    } else if (result) {
      const [, not, , description = ""] = result;
      ran += 1;
      explaining = Boolean(not) && !/#\s*todo\b/i.test(description);
      if (explaining) failures.push(description || `test ${ran}`);
      else passed += 1;
    } else if (line.startsWith("Bail out!")) {
      failures.push(line);
    } else if (explaining && line.startsWith("#")) {
      failures.push(`${failures.pop() ?? ""}\n  ${line}`);
    }
  }

  if (planned === null) failures.push("no plan: the file must call plan() and finish()");
  else if (planned !== ran) failures.push(`planned ${planned} tests but ran ${ran}`);

  return { passed, failures };
}
