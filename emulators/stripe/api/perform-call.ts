import type { RequestLog } from "../../shared/request-log.ts";
import type { Store } from "../../shared/store.ts";
import { check, type Problem } from "../contract/check.ts";
import { nestForm, typeForm } from "../contract/read-form.ts";
import type { Emulator, Resource, Route } from "../emulator.ts";
import { findObject, type State } from "../state.ts";
import { expand } from "./expand.ts";
import { failureJson, StripeFailure } from "./failure.ts";
import { problemFailure } from "./problem-failure.ts";

type CallParts = {
  route: Route;
  /** What the path names in each `{id}`. */
  ids: string[];
  /** The parameters, form-encoded. */
  form: string;
  emulator: Emulator;
  resources: Resource[];
  store: Store<State>;
  log: RequestLog;
};

type Outcome = {
  status: number;
  answer: object;
  /** False when the parameters were refused before anything was looked at. */
  wasBegun: boolean;
};

/**
 * Handles one call from its parameters to its answer, both held against the contract. It never
 * waits, so calls can't get between each other's steps.
 *
 * @returns the answer; a refusal is one too
 */
export function performCall(call: CallParts): Outcome {
  const { route, emulator, log } = call;
  const { definitions, operations } = emulator.contract;
  const operation = operations[route.operation];
  if (!operation) throw new Error(`${route.operation} is not in the contract`);

  const nested = nestForm(new URLSearchParams(call.form));
  const params = typeForm(definitions, operation.params, nested);
  const problems = check(definitions, operation.params, params);
  if (problems.length > 0) {
    log.violate("request", route.operation, problems.map(describe));
    return refusal(problemFailure(problems), false);
  }

  const [id = "", innerId = ""] = call.ids;
  try {
    const answer = structuredClone(route.handle(emulator, params as never, id, innerId));
    expand(answer, (params as { expand?: string[] }).expand ?? [], {
      emulator,
      includes: call.resources.flatMap((resource) => resource.includes ?? []),
      find: (id) => findObject(call.store.state, emulator.account, id),
    });
    log.violate(
      "response",
      route.operation,
      check(definitions, operation.result, answer).map(describe),
    );
    return { status: 200, answer, wasBegun: true };
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    return refusal(error, !error.body.code?.startsWith("parameter_"));
  }
}

function refusal(failure: StripeFailure, wasBegun: boolean): Outcome {
  return { status: failure.status, answer: failureJson(failure.body), wasBegun };
}

/** One line about a problem, for people who read the log. */
export function describe({ path, kind, expected, value }: Problem): string {
  const place = path.join(".") || "(the whole)";
  if (kind === "unknown") return `${place} is not a known key`;
  if (kind === "missing") return `${place} is missing`;
  return `${place} is ${JSON.stringify(value)}, expected ${expected.join(" or ")}`;
}
