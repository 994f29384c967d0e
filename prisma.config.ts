import { fileURLToPath } from "node:url";

import { PrismaPg } from "@prisma/adapter-pg";
import { defineConfig } from "prisma/config";

/*
 * Prisma only says what the tables are: `npm run db:diff` asks it for their DDL. With engine
 * "js" its schema engine is the WebAssembly inside the package, so no binary is downloaded.
 * Version 6 still looks for a query engine that we never use; any existing file satisfies it.
 */
process.env.PRISMA_QUERY_ENGINE_LIBRARY ??= fileURLToPath(import.meta.url);

export default defineConfig({
  schema: "prisma/schema",
  experimental: { adapter: true },
  engine: "js",
  // Without the last setting every command waits ten seconds for its idle connection.
  adapter: () =>
    Promise.resolve(
      new PrismaPg({ connectionString: process.env.DATABASE_URL, allowExitOnIdle: true }),
    ),
});
