import postgres from "postgres";

/** What one statement of a script answered. Values are as Postgres writes them; null is null. */
export type StatementResult = {
  /** "SELECT", "UPDATE" … */
  command: string;
  /** Rows returned or changed. */
  count: number;
  columns: string[];
  rows: (string | null)[][];
};

export type ScriptResult =
  | { ok: true; statements: StatementResult[]; notices: string[] }
  | { ok: false; message: string; notices: string[] };

/** Nobody reads more on one page. */
const SHOWN_ROWS = 500;

/**
 * Runs what somebody typed, one statement after the other. As in psql, all of it is one transaction
 * unless it says otherwise, and what it leaves open is undone.
 *
 * @returns each statement's answer, at most 500 rows of it, or the server's objection
 */
export async function runSql(databaseUrl: string, script: string): Promise<ScriptResult> {
  const notices: string[] = [];
  const sql = postgres(databaseUrl, {
    max: 1,
    connection: { statement_timeout: 60_000 },
    onnotice: (notice) => notices.push(`${notice.severity}: ${notice.message}`),
  });
  try {
    const answer = await sql.unsafe(script).simple().raw();
    return { ok: true, statements: statementsOf(answer), notices };
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error;
    return { ok: false, message: describe(error, script), notices };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

type RawResult = Iterable<(Buffer | null)[]> & {
  command: string | null;
  count: number | null;
  columns?: { name: string }[];
};

/** One result for one statement, a list of them for several: postgres.js does not tell in types. */
function statementsOf(answer: unknown): StatementResult[] {
  const results = (isResult(answer) ? [answer] : answer) as RawResult[];
  return results.map((result) => ({
    command: result.command ?? "",
    count: result.count ?? 0,
    columns: (result.columns ?? []).map((column) => column.name),
    rows: [...result].slice(0, SHOWN_ROWS).map((row) => row.map(textOf)),
  }));
}

function isResult(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "command" in answer;
}

function textOf(value: Buffer | null): string | null {
  return value === null ? null : value.toString("utf8");
}

function describe(error: postgres.PostgresError, script: string): string {
  const line = error.position
    ? ` (line ${script.slice(0, Number(error.position)).split("\n").length})`
    : "";
  const more = [error.detail, error.hint].filter(Boolean).join("\n");
  return `${error.message} · ${error.code}${line}${more ? `\n${more}` : ""}`;
}
