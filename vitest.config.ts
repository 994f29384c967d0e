import { fileURLToPath } from "node:url";

import { configDefaults, defineConfig } from "vitest/config";

// `npm run test:unit`. The functions are tested by Deno, pages by Playwright, and what needs a
// whole stack by `npm run test:stack`.
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("app", import.meta.url)) } },
  test: {
    // Processes start slowly on a machine that others share. A wait ends when what it waits for holds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    exclude: [...configDefaults.exclude, "supabase/functions/**", "tests/e2e/**", "tests/stack/**"],
  },
});
