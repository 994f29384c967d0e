/**
 * npm run bench: what search, free times, deadlines and reminders cost with 100,000 coaches. Ratios are of one run, taken
 * in turns, so that they hold on any machine; the times beside them are this machine's. Writes
 * bench/results.md and the plans; fails when a goal is missed.
 */
import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";

import { format } from "prettier";

import { withConnection } from "../supabase/local/database.ts";
import { ROOT } from "../supabase/local/paths.ts";
import { buildIfStale } from "../script/build-if-stale.ts";
import { loadSessions } from "./load-sessions.ts";
import { startMarketSite } from "./market-site.ts";
import { measurePages } from "./measure-pages.ts";
import { measureReminders } from "./measure-reminders.ts";
import { measureDeadlines, measureRights, measureSlots, requireFullPages } from "./measure-sql.ts";
import { writeReport } from "./report.ts";
import { writePlanFiles } from "./write-plans.ts";

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
    const rights = await measureRights(large.databaseUrl);
    const slots = await measureSlots(large.databaseUrl);
    const deadlines = await measureDeadlines(large.databaseUrl);
    const pages = await measurePages({ small: small.origin, large: large.origin });

    // Last, for it changes who is free.
    await withConnection(large.databaseUrl, loadSessions);
    const reminders = await measureReminders(large.databaseUrl);
    await writePlanFiles(large.superuserUrl);

    const { text, isGood } = writeReport({
      busyBefore,
      rights,
      slots,
      deadlines,
      pages,
      reminders,
    });
    console.log(text);
    await writeFile(join(ROOT, "bench/results.md"), await format(text, { parser: "markdown" }));
    process.exitCode = isGood ? 0 : 1;
  } finally {
    await large.stop();
  }
} finally {
  await small.stop();
}
process.exit();
