import type { MiddlewareHandler } from "hono";

import type { Clock } from "./clock.ts";
import type { EmulatorEnv } from "./serve.ts";

/** One call that an emulator answered. Credentials are left out. */
export type LoggedRequest = {
  number: number;
  /** ISO 8601, by the emulator's clock. */
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
  status: number;
};

/** Something the vendor would not accept, or that the emulator itself answered against the contract. */
export type Violation = {
  at: string;
  direction: "request" | "response" | "webhook";
  /** The vendor's operation, such as "POST /users/{userId}/meetings". */
  operation: string;
  /** One sentence each, with the path of the offending value. */
  problems: string[];
};

export type RequestLog = {
  /** Put this before everything that should be logged. */
  middleware: MiddlewareHandler<EmulatorEnv>;
  requests(): LoggedRequest[];
  violations(): Violation[];
  /** Notes a breach of contract. Does nothing when there are no problems. */
  violate(direction: Violation["direction"], operation: string, problems: string[]): void;
  clear(): void;
};

const KEPT = 1000;
const LOGGED_BODY_CHARACTERS = 20_000;
const SECRET_HEADERS = new Set(["authorization", "cookie", "apikey"]);

/**
 * Makes the list of calls and breaches that tests and the console page read.
 * Test runs assert that there are no violations at their end.
 */
export function createRequestLog(clock: Clock): RequestLog {
  let requests: LoggedRequest[] = [];
  let violations: Violation[] = [];
  let count = 0;

  return {
    requests: () => requests,
    violations: () => violations,
    violate(direction, operation, problems) {
      if (problems.length === 0) return;
      violations = [{ at: clock.iso(), direction, operation, problems }, ...violations].slice(
        0,
        KEPT,
      );
    },
    clear() {
      requests = [];
      violations = [];
    },
    async middleware(context, next) {
      // Hono keeps the text, so that the handler can read the body again.
      const body = context.req.method === "GET" ? "" : await context.req.text();
      const entry: LoggedRequest = {
        number: ++count,
        at: clock.iso(),
        method: context.req.method,
        path: context.req.path,
        query: context.req.query(),
        headers: withoutSecrets(context.req.header()),
        body: body.slice(0, LOGGED_BODY_CHARACTERS),
        status: 0,
      };
      requests = [entry, ...requests].slice(0, KEPT);
      await next();
      entry.status = context.res.status;
    },
  };
}

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.has(name.toLowerCase()) ? "(left out)" : value,
    ]),
  );
}
