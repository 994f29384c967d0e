/**
 * npm run size: how much JavaScript each public page loads, compressed as it travels. Builds the
 * site if its sources changed; fails above the budget.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import type { ServerBuild } from "@remix-run/node";

import { ROOT } from "../supabase/local/paths.ts";
import { buildIfStale } from "./build-if-stale.ts";

const BUDGET_BYTES = 102_400;

/** What people who are not signed in come to, by the route that answers. */
const PAGES = {
  "/": "routes/_index",
  "/coaches": "routes/coaches._index",
  "/coaches/:slug": "routes/coaches.$slug._index",
  "/sign-in": "routes/sign-in",
  "/sign-up": "routes/sign-up",
};

const sizes = new Map<string, number>();

await buildIfStale();
const build = (await import(join(ROOT, "build/server/index.js"))) as ServerBuild;

let isOver = false;
for (const [page, routeId] of Object.entries(PAGES)) {
  const files = scriptsOf(routeId);
  const bytes = (await Promise.all(files.map(sizeOf))).reduce((sum, size) => sum + size, 0);
  const note = files.length === 0 ? "no script" : `${files.length} files`;

  isOver ||= bytes > BUDGET_BYTES;
  console.log(
    `${bytes > BUDGET_BYTES ? "OVER" : "ok  "} ${page.padEnd(16)} ${kilobytes(bytes)}  ${note}`,
  );
}

console.log(
  `\n${isOver ? "Over" : "Within"} the budget of ${kilobytes(BUDGET_BYTES).trim()} (gzip).`,
);
// Modules of the site may keep a connection or a timer.
process.exit(isOver ? 1 : 0);

/**
 * The files under build/client that a first visit to the route loads; none if it asks for none. The
 * manifest is not one of them: what a page needs of it is in the page (v3_lazyRouteDiscovery).
 */
function scriptsOf(routeId: string): string[] {
  const routeIds = lineage(routeId);
  if (routeIds.some(isWithoutScripts)) return [];

  const { entry, routes } = build.assets;
  const modules = routeIds.map((id) => routes[id]!);
  const all = [entry, ...modules].flatMap(({ module, imports = [] }) => [module, ...imports]);
  return [...new Set(all)];
}

/** The route and the layouts around it. */
function lineage(routeId: string): string[] {
  const route = build.routes[routeId];
  if (!route) throw new Error(`There is no route ${routeId}: bring the list in line.`);
  return route.parentId ? [...lineage(route.parentId), routeId] : [routeId];
}

/** As app/root.tsx asks it. */
function isWithoutScripts(routeId: string): boolean {
  const handle = build.routes[routeId]?.module.handle as { withoutScripts?: boolean } | undefined;
  return handle?.withoutScripts === true;
}

async function sizeOf(file: string): Promise<number> {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const size = gzipSync(await readFile(join(ROOT, "build/client", file))).length;
  sizes.set(file, size);
  return size;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_024).toFixed(1).padStart(6)} KB`;
}
