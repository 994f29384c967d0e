import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";

import type { EmulatorEnv } from "./serve.ts";

/**
 * What can be made to go wrong with the next matching calls:
 * - `status`: answered with this status before anything happens
 * - `hang`: never answered, nothing happens
 * - `cut`: the connection breaks before anything happens
 * - `timeout-after-commit`: the call takes full effect, then the connection breaks unanswered:
 *   the caller cannot know whether it happened, which is what idempotency keys are for
 * - `hang-after-commit`: the call takes full effect and is never answered
 */
export const FaultSchema = z
  .strictObject({
    kind: z.enum(["status", "hang", "cut", "timeout-after-commit", "hang-after-commit"]),
    /** Only calls with this method; any when left out. */
    method: z.string().toUpperCase().optional(),
    /** Only paths that match this regular expression; any when left out. */
    path: z.string().optional(),
    /** How many such calls are let through first. */
    after: z.int().nonnegative().default(0),
    /** How many calls are hit. */
    times: z.int().positive().default(1),
    /** For `status`. */
    status: z.int().min(400).max(599).optional(),
    headers: z.record(z.string(), z.string()).default({}),
    /** For `status`: the answer's JSON; the emulator's usual error body when left out. */
    body: z.unknown().optional(),
  })
  .refine((fault) => (fault.kind === "status") === (fault.status !== undefined), {
    error: "status goes with kind 'status', and only with it",
  });

export type Fault = z.output<typeof FaultSchema>;
export type FaultInput = z.input<typeof FaultSchema>;

export type Faults = {
  /** Arms a fault; the one armed first is used first. Throws on a malformed one. */
  add(fault: FaultInput): Fault;
  /** Those still armed, with the calls that each has left. */
  list(): Fault[];
  clear(): void;
  /** Put this on the vendor's API routes (never on /__admin). */
  middleware: MiddlewareHandler<EmulatorEnv>;
};

/**
 * Makes an emulator's fault box.
 *
 * @param errorBody the vendor's JSON for a failure of this status, used when a fault brings none
 */
export function createFaults(errorBody: (status: number) => unknown): Faults {
  let armed: Fault[] = [];

  function take(method: string, path: string): Fault | undefined {
    const fault = armed.find(
      (candidate) =>
        (candidate.method === undefined || candidate.method === method) &&
        (candidate.path === undefined || new RegExp(candidate.path).test(path)),
    );
    if (!fault) return undefined;
    if (fault.after > 0) {
      fault.after -= 1;
      return undefined;
    }

    fault.times -= 1;
    if (fault.times <= 0) armed = armed.filter((candidate) => candidate !== fault);
    return fault;
  }

  return {
    add(input) {
      const fault = FaultSchema.parse(input);
      armed.push(fault);
      return fault;
    },
    list: () => armed.map((fault) => ({ ...fault })),
    clear() {
      armed = [];
    },
    async middleware(context, next) {
      const fault = take(context.req.method, context.req.path);
      if (!fault) return next();

      switch (fault.kind) {
        case "status": {
          const status = (fault.status ?? 500) as ContentfulStatusCode;
          return context.json(fault.body ?? errorBody(status), status, fault.headers);
        }
        case "hang":
          await connectionEnd(context);
          break;
        case "cut":
          cut(context);
          break;
        case "timeout-after-commit":
          await next();
          cut(context);
          break;
        case "hang-after-commit":
          await next();
          await connectionEnd(context);
          break;
      }
      // Assigned, not returned: after next() Hono only takes a new answer this way.
      context.res = RESPONSE_ALREADY_SENT;
    },
  };
}

/** Resolves when the caller has given up or the server stops. */
function connectionEnd(context: Context<EmulatorEnv>): Promise<void> {
  return new Promise((resolve) => context.env.incoming.socket.once("close", () => resolve()));
}

function cut(context: Context<EmulatorEnv>): void {
  context.env.incoming.socket.destroy();
}
