/** What a failed statement looks like coming from postgres.js. */
type DatabaseError = {
  code?: unknown;
  message?: unknown;
  detail?: unknown;
  hint?: unknown;
};

/**
 * Codes that the library under the Data API answers as PostgREST does, with what only it knows
 * (the asker's role, the table's name); all others it would turn into a bare 500.
 */
const ANSWERED_BY_THE_LIBRARY = /^(42501|42703|42883|PGRST|PT...)$/;

/** PostgREST's table of statuses by SQLSTATE, most particular first. Whatever is absent is 400. */
const STATUS_BY_CODE: [pattern: RegExp, status: number][] = [
  [/^(23503|23505)$/, 409],
  [/^25006$/, 405],
  [/^42P01$/, 404],
  [/^42P17$/, 500],
  [/^53400$/, 500],
  [/^57P01$/, 503],
  [/^P0001$/, 400],
  [/^(08|53)/, 503],
  [/^(0L|0P|28)/, 403],
  [/^(09|25|2D|38|39|3B|40|54|55|57|58|F0|HV|P0|XX)/, 500],
];

/**
 * The HTTP status PostgREST gives to a SQLSTATE. Codes of our own ("BKGON") are refusals: 400.
 *
 * @returns the status; 401 or 403 for missing privileges is decided elsewhere, by role
 */
function statusOfSqlState(code: string): number {
  return STATUS_BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? 400;
}

/**
 * Rewrites a database error into the one shape that the library passes on untouched: PostgREST's
 * own `raise sqlstate 'PGRST'` convention, where the error itself says status, code and message.
 *
 * @returns the rewritten error, or the same value when the library answers it well by itself
 */
export function toPostgrestError(error: unknown): unknown {
  if (typeof error !== "object" || error === null) return error;
  const { code, message, detail, hint } = error as DatabaseError;
  if (typeof code !== "string" || ANSWERED_BY_THE_LIBRARY.test(code)) return error;

  if (!/^[0-9A-Z]{5}$/.test(code)) {
    // Not a SQLSTATE: Node's or the driver's code for a connection that could not be had.
    if (!/^(CONNECT|E[A-Z]+$)/.test(code)) return error;
    return raise(503, {
      code: "PGRST001",
      message: "Database client error. Retrying the connection.",
    });
  }
  return raise(statusOfSqlState(code), {
    code,
    message: typeof message === "string" ? message : "",
    details: typeof detail === "string" ? detail : null,
    hint: typeof hint === "string" ? hint : null,
  });
}

function raise(
  status: number,
  body: { code: string; message: string; details?: string | null; hint?: string | null },
): object {
  return {
    code: "PGRST",
    message: JSON.stringify(body),
    detail: JSON.stringify({ status, headers: {} }),
  };
}
