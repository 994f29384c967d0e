import type { Problem } from "../contract/check.ts";
import { invalidRequest, missingParam, type StripeFailure } from "./failure.ts";

/**
 * What Stripe answers to parameters that break its contract. Like Stripe, it names all unknown
 * parameters at once and otherwise the first thing wrong.
 *
 * @param problems at least one, as `check` found them
 */
export function problemFailure(problems: Problem[]): StripeFailure {
  const unknown = problems.filter((problem) => problem.kind === "unknown").map(paramOf);
  if (unknown.length > 0) {
    const noun = unknown.length > 1 ? "parameters" : "parameter";
    return invalidRequest(`Received unknown ${noun}: ${unknown.join(", ")}`, {
      param: unknown[0],
      code: "parameter_unknown",
    });
  }

  const problem = problems[0];
  if (!problem) throw new Error("problemFailure needs a problem");
  const param = paramOf(problem);
  if (problem.kind === "missing") return missingParam(param);
  if (problem.kind === "enum") {
    return invalidRequest(`Invalid ${param}: must be one of ${orList(problem.expected)}`, {
      param,
    });
  }
  const type = problem.expected[0] ?? "value";
  return invalidRequest(`Invalid ${type}: ${asText(problem.value)}`, {
    param,
    code: type === "integer" ? "parameter_invalid_integer" : undefined,
  });
}

/** `["line_items", "0", "quantity"]` as Stripe writes it: `line_items[0][quantity]`. */
function paramOf({ path }: Problem): string {
  const [head = "", ...rest] = path;
  return head + rest.map((key) => `[${key}]`).join("");
}

function orList(values: string[]): string {
  if (values.length < 3) return values.join(" or ");
  return `${values.slice(0, -1).join(", ")}, or ${values.at(-1)}`;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
