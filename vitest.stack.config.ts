import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

// `npm run test:stack`: the whole backend on a throwaway stack, walked over HTTP as people and
// vendors do. One file after the other, because they share it.
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("app", import.meta.url)) } },
  test: {
    include: ["tests/stack/**/*.test.ts"],
    setupFiles: ["tests/stack/support/setup.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
