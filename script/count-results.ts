export type Counts = { passed: number; failed: number };

/**
 * How many tests a step passed and failed, from what it printed: Vitest, Playwright, Deno and our
 * pgTAP runner all end with lines such as `3 failed` or `12 passed`. A step that ends badly has
 * failed at least once, and so has a suite that ran nothing.
 */
export function countResults(output: string, code: number, kind: "check" | "suite"): Counts {
  const counts = kind === "suite" ? readCounts(output) : { passed: code === 0 ? 1 : 0, failed: 0 };
  const isSuspicious = code !== 0 || counts.passed === 0;
  return isSuspicious && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readCounts(output: string): Counts {
  // Vitest counts files and tests in the same words; only the tests are ours.
  const text = output
    .split("\n")
    .filter((line) => !/^\s*Test Files\b/.test(line))
    .join("\n");
  return { passed: lastNumber(text, "passed"), failed: lastNumber(text, "failed") };
}

function lastNumber(text: string, word: "passed" | "failed"): number {
  const all = [...text.matchAll(new RegExp(`(?<![\\w.])(\\d+) ${word}\\b`, "g"))];
  return Number(all.at(-1)?.[1] ?? 0);
}
