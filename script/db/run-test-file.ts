import { readFile } from "node:fs/promises";

import postgres from "postgres";

import { splitStatements } from "./split-statements.ts";
import { readTap, type TapReport } from "./tap.ts";

/**
 * Runs one pgTAP file on a connection of its own and reads its results. An error ends the file
 * and counts as a failure, with the line of the statement that raised it.
 */
export async function runTestFile(url: string, file: string): Promise<TapReport> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, prepare: false });
  const lines: string[] = [];

  try {
    for (const statement of splitStatements(await readFile(file, "utf8"))) {
      try {
        const rows = await sql.unsafe(statement.text).values();
        lines.push(...tapLines(rows));
      } catch (error) {
        const report = readTap(lines);
        return {
          ...report,
          failures: [...failuresBeforeEnd(report), explain(error, statement.line)],
        };
      }
    }
    return readTap(lines);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Every test of pgTAP answers with rows of one text column; other statements answer otherwise. */
function tapLines(rows: unknown[][]): string[] {
  return rows.flatMap((row) => (typeof row[0] === "string" ? row[0].split("\n") : []));
}

/** That a file which raised an error did not reach its plan goes without saying. */
function failuresBeforeEnd({ failures }: TapReport): string[] {
  return failures.filter((failure) => !/^(planned \d+ tests|no plan:)/.test(failure));
}

function explain(error: unknown, line: number): string {
  if (!(error instanceof postgres.PostgresError)) throw error;
  const details = [error.detail, error.hint, error.where]
    .filter(Boolean)
    .map((detail) => `\n  # ${detail}`);
  return `line ${line}: ${error.message} (${error.code})${details.join("")}`;
}
