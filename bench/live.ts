/**
 * npm run bench:live: how fast a message is in the other's browser, whether 500 sockets hear all that is
 * said while memory stays where it is, and a thousand messages through each way in which the connection can
 * break (tests/e2e/live.scripts.spec.ts). Writes bench/live.md; fails when a goal is missed.
 */
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";

import { format } from "prettier";

import { ROOT } from "../supabase/local/paths.ts";
import { sql } from "../tests/e2e/support/database.ts";
import { measureMessages } from "./measure-messages.ts";
import { measureSockets } from "./measure-sockets.ts";
import { machine, verdict } from "./report.ts";

/** Milliseconds at the median. */
const MESSAGE_AT_MOST = 300;
/** What the process may have grown by, from the middle of the minute to its end. */
const GROWTH_AT_MOST = 0.1;
const BURST = 1_000;

const busyBefore = loadavg()[0] ?? 0;
const messages = await measureMessages();
const sockets = await measureSockets();
await sql.end();
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/@playwright/test/cli.js",
    "test",
    "tests/e2e/live.scripts.spec.ts",
    "--project=with-scripts",
  ],
  { cwd: ROOT, stdio: "inherit", env: { ...process.env, LIVE_MESSAGES: String(BURST) } },
);

const { start, middle, end } = sockets.memory;
const isFast = messages.median < MESSAGE_AT_MOST;
const isFlat = end <= middle * (1 + GROWTH_AT_MOST);
const isWhole = sockets.wrong === 0;
const areBurstsWhole = status === 0;

const text = `# Live messages

Written by \`npm run bench:live\` on ${new Date().toISOString().slice(0, 10)}: ${machine()},
Node.js ${process.versions.node}; database, site, Realtime and browsers on the same machine, whose load average was
${busyBefore.toFixed(1)} before it began.

| What | Goal | Measured | |
| --- | --- | --- | --- |
| From Send in one browser to the other's page, median | < ${MESSAGE_AT_MOST} ms | ${messages.median.toFixed(0)} ms | ${verdict(isFast)} |
| Signals that ${sockets.sockets} sockets in 100 conversations missed, or heard twice or in another order, of ${sockets.messages} messages in a minute | 0 | ${sockets.wrong} | ${verdict(isWhole)} |
| Memory of Realtime at the end of that minute ÷ in its middle | ≤ ${1 + GROWTH_AT_MOST} | ${(end / middle).toFixed(2)} | ${verdict(isFlat)} |
| ${BURST.toLocaleString("en-US")} messages through Realtime killed, a dead connection, a token that runs out, three tabs: all there, once, in order | all | ${areBurstsWhole ? "all" : "not all"} | ${verdict(areBurstsWhole)} |

The 95th percentile of the first is ${messages.p95.toFixed(0)} ms. Memory with everybody connected, in the middle and at the end:
${[start, middle, end].map(megabytes).join(", ")}.
`;
console.log(text);
await writeFile(join(ROOT, "bench/live.md"), await format(text, { parser: "markdown" }));
process.exit(isFast && isWhole && isFlat && areBurstsWhole ? 0 : 1);

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}
