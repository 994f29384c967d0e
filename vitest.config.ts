import { fileURLToPath } from "node:url";

import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What tries hundreds of times first: begun last, each would keep one processor waiting for minutes. */
class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const key = ({ moduleId }: TestSpecification) =>
      `${/\/properties\/money\/(random|policies)/.test(moduleId) ? 0 : 1} ${moduleId}`;
    return Promise.resolve([...files].sort((a, b) => key(a).localeCompare(key(b))));
  }
}

// `npm run test:unit`. The functions are tested by Deno, pages by Playwright, and what needs a
// whole stack by `npm run test:stack`.
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("app", import.meta.url)) } },
  test: {
    // Nobody waits for a terminal meanwhile: a processor left out would double the time on a machine with two.
    maxWorkers: "100%",
    // Processes start slowly on a machine that others share. A wait ends when what it waits for holds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    expect: { poll: { timeout: 30_000 } },
    exclude: [...configDefaults.exclude, "supabase/functions/**", "tests/e2e/**", "tests/stack/**"],
  },
});
