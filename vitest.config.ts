import { fileURLToPath } from "node:url";

import { configDefaults, defineConfig } from "vitest/config";

// `npm run test:unit`. The functions are tested by Deno, pages by Playwright, and what needs a
// whole stack by `npm run test:stack`.
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("app", import.meta.url)) } },
  test: {
    exclude: [...configDefaults.exclude, "supabase/functions/**", "tests/e2e/**", "tests/stack/**"],
  },
});
