/*
 * The plans that are kept are of the statements that the functions run today. A function that was
 * changed since wants `npm run bench:plans`.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { ROOT } from "../supabase/local/paths.ts";
import { readPlans, tablesReadWhole, writePlans, type Plan } from "./plans.ts";
import { EXPLAINED } from "./write-plans.ts";

const SOURCES = globSync("supabase/schemas/**/*.sql", { cwd: ROOT }).map((file) =>
  readFileSync(join(ROOT, file), "utf8"),
);

/** All functions as one text, as PL/pgSQL runs them: without `into v_found`, and to perform is to select. */
const FUNCTIONS = oneLine(
  SOURCES.join("\n")
    .replaceAll(/\binto v_\w+/g, "")
    .replaceAll(/\bperform\b/g, "SELECT"),
);

/** The statements that functions put together: %1$s is whatever they put there. */
const FORMATS = SOURCES.flatMap((source) =>
  [...source.matchAll(/\$query\$([\s\S]*?)\$query\$/g)].map(
    ([, text = ""]) => new RegExp(`^${escape(oneLine(text)).replaceAll(/ ?%\d\\\$s/g, ".*")}$`),
  ),
);

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function isOfAFunction({ statement }: Plan): boolean {
  const text = oneLine(statement);
  return FUNCTIONS.includes(text) || FORMATS.some((format) => format.test(text));
}

function keptPlans(name: string): Plan[] {
  return readPlans(readFileSync(join(ROOT, `bench/plans/${name}.txt`), "utf8"));
}

describe.each(Object.keys(EXPLAINED))("the plans of %s", (name) => {
  it("are of what the functions run", () => {
    const strange = keptPlans(name).filter((plan) => !isOfAFunction(plan));
    expect(strange.map(({ statement }) => statement)).toEqual([]);
  });

  it("read no table whole", () => {
    expect(keptPlans(name).flatMap(tablesReadWhole)).toEqual([]);
  });
});

it("a plan is read as it was written", () => {
  const plans = [
    { statement: "select 1\n\nfrom one", times: 1, plan: "Result  (cost=0.00)" },
    { statement: "select 2", times: 13, plan: "Result  (cost=0.00)\n  Buffers: shared hit=4" },
  ];
  expect(readPlans(writePlans(plans))).toEqual(plans);
  expect(() => readPlans("Result")).toThrow("This is no plan");
});

it("a table is read whole when many rows are looked at, kept or not", () => {
  const scan = (rows: number, removed: number) => ({
    statement: "",
    times: 1,
    plan: `Limit  (cost=1.00..2.00 rows=1 width=1) (actual time=0.1..0.2 rows=1 loops=1)
  ->  Seq Scan on bookings  (cost=0.00..9.00 rows=9 width=9) (actual time=0.001..0.002 rows=${rows} loops=1)
        Filter: (true)
        Rows Removed by Filter: ${removed}
  ->  Seq Scan on states  (cost=0.00..9.00 rows=9 width=9) (actual time=0.001..0.002 rows=5 loops=1)`,
  });
  expect(tablesReadWhole(scan(4, 7))).toEqual([]);
  expect(tablesReadWhole(scan(10_000, 0))).toEqual(["bookings"]);
  expect(tablesReadWhole(scan(1, 99_999))).toEqual(["bookings"]);
});
