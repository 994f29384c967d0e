import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * By name, and the storm after all others: it leaves work that is never done and hosts whose limits
 * at Zoom are used up. Vitest would go by how long files took here the last time.
 */
class StormLast extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const key = ({ moduleId }: TestSpecification) =>
      `${moduleId.endsWith("/calendar-storm.test.ts") ? 1 : 0} ${moduleId}`;
    return Promise.resolve([...files].sort((a, b) => key(a).localeCompare(key(b))));
  }
}

// `npm run test:stack`: the whole backend on a throwaway stack, walked over HTTP as people and
// vendors do. One file after the other, because they share it.
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("app", import.meta.url)) } },
  test: {
    include: ["tests/stack/**/*.test.ts"],
    setupFiles: ["tests/stack/support/setup.ts"],
    fileParallelism: false,
    sequence: { sequencer: StormLast },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
