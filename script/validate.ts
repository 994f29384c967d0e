/**
 * npm run validate -- [name…]: everything that CI runs, or the named steps of it. Ends with
 * `N passed, N failed`; a step without tests of its own counts as one.
 */
import { spawn } from "node:child_process";

import { ROOT } from "../supabase/local/paths.ts";
import { countResults, type Counts } from "./count-results.ts";

const CHECKS = [
  "format:check",
  "lint",
  "typecheck",
  "knip",
  "db:check",
  "db:types",
  "db:advisors",
  "docs:states",
  "size",
];
const SUITES = ["test:unit", "test:db", "test:functions", "test:stack", "test:e2e"];

/** Steps that write a file from the database, and here only look whether it is what they would write. */
const WRITERS = ["db:types", "docs:states"];

const named = process.argv.slice(2);
const chosen = [...CHECKS, ...SUITES].filter((step) => named.length === 0 || named.includes(step));
const lines: string[] = [];
const totals: Counts = { passed: 0, failed: 0 };

for (const step of chosen) {
  console.log(`\n── ${step} ${"─".repeat(70 - step.length)}`);
  const startedAt = performance.now();
  const { output, code } = await runScript(step);
  const { passed, failed } = countResults(output, code, SUITES.includes(step) ? "suite" : "check");
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);

  totals.passed += passed;
  totals.failed += failed;
  lines.push(
    `${failed > 0 ? "FAILED" : "ok    "} ${step.padEnd(16)} ${passed} passed, ${failed} failed (${seconds} s)`,
  );
}

console.log(`\n${lines.join("\n")}\n\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/** Runs an npm script, showing what it prints while keeping it. */
function runScript(name: string): Promise<{ output: string; code: number }> {
  const flags = WRITERS.includes(name) ? ["--", "--check"] : [];
  const child = spawn("npm", ["run", "--silent", name, ...flags], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";

  for (const [stream, screen] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      screen.write(text);
    });
  }
  return new Promise((resolve) =>
    child.once("close", (code) => resolve({ output, code: code ?? 1 })),
  );
}
