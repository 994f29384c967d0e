import { availableParallelism, cpus, totalmem } from "node:os";

import { median, type Times } from "./measure.ts";
import type { Pages } from "./measure-pages.ts";
import type { Reminders } from "./measure-reminders.ts";
import type { Deadlines, Rights } from "./measure-sql.ts";

const RIGHTS_AT_MOST = 1.2;
const PAGES_AT_LEAST = 0.75;
/** Milliseconds at the median. */
const SLOTS_AT_MOST = 10;
const DEADLINE_AT_MOST = 50;
const REMINDERS_AT_MOST = 5_000;

type Figures = {
  /** The machine's load average before the bench began: what else it was doing. */
  busyBefore: number;
  rights: Rights;
  slots: Times;
  deadlines: Deadlines;
  pages: Pages;
  reminders: Reminders;
};

/** The figures as a page of Markdown, and whether every goal is met. */
export function writeReport({ busyBefore, rights, slots, deadlines, pages, reminders }: Figures): {
  text: string;
  isGood: boolean;
} {
  const cost = median(rights.ratios);
  const isCheap = cost <= RIGHTS_AT_MOST;
  const share = median(pages.ratios);
  const isSteady = share >= PAGES_AT_LEAST;
  const areSlotsFast = slots.median < SLOTS_AT_MOST;
  const deadline = Math.max(deadlines.any.median, deadlines.filtered.median);
  const isDeadlineFast = deadline < DEADLINE_AT_MOST;
  const areRemindersFast = reminders.due < REMINDERS_AT_MOST;

  const text = `# Figures

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine()},
Node.js ${process.versions.node}; database, site and load on the same machine,
whose load average was ${busyBefore.toFixed(1)} before it began. Ratios are of one run and taken in
turns; times are this machine's.

| What | Goal | Measured | |
| --- | --- | --- | --- |
| Search with a visitor's rights ÷ the same statement as owner, 100,000 coaches | ≤ ${RIGHTS_AT_MOST} | ${cost.toFixed(2)} | ${verdict(isCheap)} |
| Search pages a second with 100,000 coaches ÷ with 1,000 | ≥ ${PAGES_AT_LEAST} | ${share.toFixed(2)} | ${verdict(isSteady)} |
| Free times of a month, a coach with 10,000 sessions, median | < ${SLOTS_AT_MOST} ms | ${slots.median.toFixed(1)} ms | ${verdict(areSlotsFast)} |
| Who is free before a deadline, 100,000 coaches, median of the slower | < ${DEADLINE_AT_MOST} ms | ${deadline.toFixed(1)} ms | ${verdict(isDeadlineFast)} |
| Queueing 10,000 due reminders, 100,000 sessions ahead, median | < ${seconds(REMINDERS_AT_MOST)} | ${seconds(reminders.due)} | ${verdict(areRemindersFast)} |

| Milliseconds | Median | 95th percentile |
| --- | --- | --- |
| Keyword, state and specialty, best first, as a visitor | ${cells(rights.visitor)} |
| The same statement as owner | ${cells(rights.owner)} |
| Free times of a coach with 10,000 sessions for a month, as a visitor | ${cells(slots)} |
| Who is free before a deadline, five days ahead, as a visitor | ${cells(deadlines.any)} |
| The same with a specialty and a state | ${cells(deadlines.filtered)} |
| Search page, 1,000 coaches, 8 at once (${pages.small.perSecond.toFixed(0)} a second) | ${cells(pages.small)} |
| Search page, 100,000 coaches, 8 at once (${pages.large.perSecond.toFixed(0)} a second) | ${cells(pages.large)} |

A ratio is the median of its rounds: ${spread(rights.ratios)} for the first, ${spread(pages.ratios)}
for the second. How far apart they are says how quiet the machine was.

The run of the reminders' job after that one, which finds all of them told, takes
${reminders.again.toFixed(0)} ms and looks at ${reminders.rowsRead.toLocaleString("en-US")} rows of sessions: those that are due, once for each rule.

The plans are in [plans/](plans): of the search, of finding whom to look at before a deadline, of
reading a busy coach's sessions and of queueing reminders. The statements are in [searches.ts](searches.ts).
`;
  return {
    text,
    isGood: isCheap && isSteady && areSlotsFast && isDeadlineFast && areRemindersFast,
  };
}

function spread(ratios: number[]): string {
  const sorted = ratios.toSorted((left, right) => left - right).map((ratio) => ratio.toFixed(2));
  return `${sorted.length} from ${sorted.at(0)} to ${sorted.at(-1)}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** How a goal was kept. */
export function verdict(isMet: boolean): string {
  return isMet ? "met" : "**missed**";
}

function cells({ median, p95 }: Times): string {
  return `${median.toFixed(1)} | ${p95.toFixed(1)}`;
}

/** What it ran on. */
export function machine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, ${gigabytes} GB`;
}
