import type { AnyAST, FunctionInfo } from "@supabase/lite";

type PostgresType = {
  to: number;
  from: number[];
  serialize(value: unknown): string;
  parse(text: string): unknown;
};

/** Text that is JSON already. Postgres takes no NUL, so nobody's own text can begin like this. */
const JSON_MARK = "\0json:";

/**
 * How column values become JSON where Postgres's own to_json would say it differently from the
 * text protocol (PostgREST answers what to_json says), and how JSON becomes a parameter.
 */
export const JSON_LIKE_TYPES: Record<string, PostgresType> = {
  timestamp: { to: 1114, from: [1114], serialize: String, parse: toIsoTimestamp },
  timestamptz: { to: 1184, from: [1184], serialize: String, parse: toIsoTimestamp },
  numeric: { to: 1700, from: [1700], serialize: String, parse: toNumber },
  json: { to: 114, from: [114], serialize: toJson, parse: JSON.parse },
  jsonb: { to: 3802, from: [3802], serialize: toJson, parse: JSON.parse },
};

/**
 * "2026-03-08 07:30:00+00" as to_json writes it: "2026-03-08T07:30:00+00:00". Infinity stays.
 *
 * @returns the same instant, to the microsecond
 */
function toIsoTimestamp(text: string): string {
  return text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");
}

/**
 * Marks the JSON arguments of a function call. The library turns an object into text before the
 * driver does so again, and {"a": 1} would arrive as the string "{\"a\": 1}".
 *
 * @param functions those of the database, with their arguments' types
 * @returns the same request, with its JSON arguments as marked text
 */
export function markJsonArguments(ast: AnyAST, functions: FunctionInfo[]): AnyAST {
  // In a GET, arguments come from the address and are text already.
  if (ast.type !== "rpc" || ast.httpMethod === "GET" || !isRecord(ast.args)) return ast;

  const candidates = functions.filter(
    ({ name, schema }) => name === ast.function && schema === (ast.schema ?? "public"),
  );
  const isJson = (argument: string) =>
    candidates.some(({ arg_names, arg_types }) =>
      /^jsonb?$/.test(arg_types[arg_names.indexOf(argument)] ?? ""),
    );
  const args = Object.entries(ast.args).map(([name, value]) => [
    name,
    value !== null && isJson(name) ? JSON_MARK + JSON.stringify(value) : value,
  ]);
  return { ...ast, args: Object.fromEntries(args) as Record<string, unknown> };
}

function toJson(value: unknown): string {
  return typeof value === "string" && value.startsWith(JSON_MARK)
    ? value.slice(JSON_MARK.length)
    : JSON.stringify(value);
}

function toNumber(text: string): number | string {
  const value = Number(text);
  // NaN and infinities have no JSON number; to_json quotes them as well.
  return Number.isFinite(value) ? value : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
