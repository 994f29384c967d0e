import { fileURLToPath } from "node:url";

import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

import remixConfig from "./remix.config.js";

declare module "@remix-run/server-runtime" {
  // Types of loaders and actions follow what single fetch sends: Dates stay Dates.
  interface Future {
    v3_singleFetch: true;
  }
}

// Two files for what every page needs, instead of a dozen: text that is compressed together is
// smaller (5 KB here), and the framework's stays in people's caches when only ours changed.
const FRAMEWORK =
  /node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run\/\w+|turbo-stream)\//;
const FRAME =
  /app\/(lib\/(class-names|describe-error|format-date|format-money|page-title|paths|request-context|time-zone|with-query)|components\/(avatar|date-time|pagination|plus-tax|error-boundary|flash|logo|navigation|site-footer|site-header|stars|tab-bar|ui\/(badge|select)))\.tsx?$/;

/** What is shown of reviews wherever some are. */
const REVIEWS = /app\/features\/reviews\/(questions|review-reply|review-summary)\.tsx?$/;

/** What paths.ts hands on but no page for everybody needs: else it would go into the frame with it. */
const INNER = "/app/lib/inner-paths.ts";

function manualChunks(id: string): string | undefined {
  if (FRAMEWORK.test(id)) return "framework";
  if (REVIEWS.test(id)) return "reviews";
  if (id.endsWith(INNER)) return "inner";
  return FRAME.test(id) ? "frame" : undefined;
}

export default defineConfig(({ isSsrBuild }) => ({
  // Vitest reads this file too, and the Remix plugin expects to be serving an app.
  plugins: process.env["VITEST"] ? [] : [remix(remixConfig)],
  resolve: {
    alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) },
  },
  optimizeDeps: {
    // Found at start. A package found later makes the dev server reload the page under the person's
    // (or a browser test's) hands. Routes are left out: they import what only the server runs.
    entries: ["app/entry.client.tsx", "app/{components,features,lib}/**/*.tsx"],
  },
  build: {
    // Four of the hundred KB that a public page may load; esbuild, the default, is only faster.
    // The server's code stays as it is: its stack traces are read.
    minify: isSsrBuild ? false : "terser",
    terserOptions: {
      module: true,
      compress: { passes: 3, pure_getters: true },
      format: { comments: false },
    },
    rollupOptions: { output: { manualChunks } },
    // A font inlined as a data: address is refused by our content security policy.
    assetsInlineLimit: 0,
  },
}));
