import postgres from "postgres";

/**
 * Runs `work` with one connection to `url` and closes it afterwards.
 * Notices are dropped: migrations say a lot that nobody asked.
 */
export async function withConnection<Value>(
  url: string,
  work: (sql: postgres.Sql) => Promise<Value>,
): Promise<Value> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A connection or a transaction: postgres.js types the latter without what makes it callable. */
type Runner = Pick<postgres.Sql, "unsafe">;

/**
 * Runs a whole SQL script in one transaction.
 * @throws an error that names the script and the line the server points at.
 */
export async function runScript(sql: Runner, script: string, name: string): Promise<void> {
  try {
    await sql.unsafe(script).simple();
  } catch (error) {
    throw describeScriptError(error, script, name);
  }
}

function describeScriptError(error: unknown, script: string, name: string): Error {
  if (!(error instanceof postgres.PostgresError))
    return error instanceof Error ? error : new Error(String(error));

  const line = error.position ? script.slice(0, Number(error.position)).split("\n").length : null;
  const details = [error.detail, error.hint, error.where].filter(Boolean).join("\n");
  const place = line ? `${name}:${line}` : name;
  return new Error(`${place}: ${error.message} (${error.code})${details ? `\n${details}` : ""}`, {
    cause: error,
  });
}
