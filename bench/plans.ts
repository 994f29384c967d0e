import postgres from "postgres";

import type { Call } from "./searches.ts";

/** A statement that ran, and how Postgres went about it the time that took longest. */
export type Plan = { statement: string; times: number; plan: string };

const SEPARATOR = "\n\n--\n\n";

/** More rows than this are not to be read one after the other. */
const MANY_ROWS = 1_000;

/** What Postgres itself runs to look whether a row that is named exists. */
const FOREIGN_KEY_CHECK = "SELECT 1 FROM ONLY";

/**
 * What Postgres does for a call: every statement that the functions behind it run, as the server
 * itself tells by auto_explain, so that none is copied by hand. What it writes is undone.
 * @param superuserUrl only a superuser may ask for that; the call itself has its own role
 * @param call a select from a function, with $1, $2…
 * @returns each statement once, in the order in which they first end
 */
export async function explainCall(
  superuserUrl: string,
  { statement: call, parameters, role = "anon" }: Call,
): Promise<Plan[]> {
  const told: string[] = [];
  const sql = postgres(superuserUrl, { max: 1, onnotice: ({ message }) => told.push(message!) });
  try {
    await sql.unsafe("load 'auto_explain'");
    await sql.unsafe("set auto_explain.log_level = notice");
    await sql.unsafe("set auto_explain.log_nested_statements = on");
    await sql.unsafe("set auto_explain.log_analyze = on");
    await sql.unsafe("set auto_explain.log_buffers = on");
    await sql.unsafe("set auto_explain.log_parameter_max_length = 0");
    await sql.unsafe("begin");
    await sql.unsafe(call, parameters); // reads the pages in
    await sql.unsafe("rollback");
    await sql.unsafe("set auto_explain.log_min_duration = 0");
    await sql.unsafe(`set role ${role}`);
    await sql.unsafe("begin");
    await sql.unsafe(call, parameters);
    await sql.unsafe("rollback");
  } finally {
    await sql.end();
  }
  return slowestOfEach(told.flatMap(readNotice)).filter(
    ({ statement }) => statement !== call && !statement.startsWith(FOREIGN_KEY_CHECK),
  );
}

/** Plans as they are kept: statement, how often it ran, plan. */
export function writePlans(plans: Plan[]): string {
  const texts = plans.map(
    ({ statement, times, plan }) =>
      `${statement}\n\n${times === 1 ? "Ran once" : `Ran ${times} times, slowest`}:\n\n${plan}`,
  );
  return `${texts.join(SEPARATOR)}\n`;
}

/** The same, read again. */
export function readPlans(text: string): Plan[] {
  return text
    .trimEnd()
    .split(SEPARATOR)
    .map((part) => {
      const [, statement, times, plan] =
        /^([\s\S]*)\n\nRan (once|\d+)(?: times, slowest)?:\n\n([\s\S]*)$/.exec(part) ?? [];
      if (!statement || !plan) throw new Error(`This is no plan: ${part.slice(0, 200)}`);
      return { statement, times: times === "once" ? 1 : Number(times), plan };
    });
}

/**
 * The tables of which a plan reads many rows one after the other.
 * @returns their names; empty while all is well
 */
export function tablesReadWhole({ plan }: Plan): string[] {
  const scans = plan.matchAll(
    /Seq Scan on (\S+).*\(actual time=\S+ rows=([\d.]+) loops=\d+\)((?:\n(?!.*->).*)*)/g,
  );
  return [...scans].flatMap(([, table = "", rows, details = ""]) => {
    const removed = /Rows Removed by Filter: (\d+)/.exec(details)?.[1] ?? 0;
    return Number(rows) + Number(removed) > MANY_ROWS ? table : [];
  });
}

type Run = { statement: string; milliseconds: number; plan: string };

function readNotice(notice: string): Run[] {
  const [, milliseconds, statement, plan] =
    /^duration: ([\d.]+) ms {2}plan:\nQuery Text: ([\s\S]*?)\n(\S.*\(cost=[\s\S]*)$/.exec(notice) ??
    [];
  if (!statement || !plan) return [];
  return [{ statement: statement.trim(), milliseconds: Number(milliseconds), plan }];
}

function slowestOfEach(runs: Run[]): Plan[] {
  const found = new Map<string, Plan & { milliseconds: number }>();
  for (const run of runs) {
    const { times, ...before } = found.get(run.statement) ?? { times: 0, ...run };
    const slower = run.milliseconds > before.milliseconds ? run : before;
    found.set(run.statement, { ...slower, times: times + 1 });
  }
  return [...found.values()];
}
