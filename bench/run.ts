/**
 * npm run bench: what search, free times and deadlines cost with 100,000 coaches. Ratios are of one run, taken
 * in turns, so that they hold on any machine; the times beside them are this machine's. Writes
 * bench/results.md and the plans; fails when a goal is missed.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";

import { format } from "prettier";

import { ROOT } from "../supabase/local/paths.ts";
import { buildIfStale } from "../script/build-if-stale.ts";
import { startMarketSite } from "./market-site.ts";
import { measurePages } from "./measure-pages.ts";
import {
  explainSearch,
  explainTimes,
  measureDeadlines,
  measureRights,
  measureSlots,
  requireFullPages,
} from "./measure-sql.ts";
import { writeReport } from "./report.ts";

const FEW = 1_000;
const MANY = 100_000;

const busyBefore = loadavg()[0] ?? 0;
await buildIfStale();
const small = await startMarketSite(FEW);
try {
  await requireFullPages(small.databaseUrl);
  console.log(`Loading ${MANY} coaches…`);
  const large = await startMarketSite(MANY);
  try {
    const plan = await explainSearch(large.databaseUrl);
    const rights = await measureRights(large.databaseUrl);
    const slots = await measureSlots(large.databaseUrl);
    const deadlines = await measureDeadlines(large.databaseUrl);
    const times = await explainTimes(large.databaseUrl);
    const pages = await measurePages({ small: small.origin, large: large.origin });

    const { text, isGood } = writeReport({ busyBefore, rights, slots, deadlines, pages });
    console.log(text);
    await mkdir(join(ROOT, "bench/plans"), { recursive: true });
    await writeFile(join(ROOT, "bench/plans/search.txt"), plan);
    await writeFile(join(ROOT, "bench/plans/deadline.txt"), times.deadline);
    await writeFile(join(ROOT, "bench/plans/slots.txt"), times.slots);
    await writeFile(join(ROOT, "bench/results.md"), await format(text, { parser: "markdown" }));
    process.exitCode = isGood ? 0 : 1;
  } finally {
    await large.stop();
  }
} finally {
  await small.stop();
}
process.exit();
