import type { Context } from "hono";

import type { Clock } from "../shared/clock.ts";
import type { RequestLog } from "../shared/request-log.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import type { Store } from "../shared/store.ts";
import type { WebhookSender } from "../shared/webhook-sender.ts";
import type { Contract, TypeName } from "./contract/contract.ts";
import { problemsOf } from "./contract/schema.ts";
import { notFound, ZoomError } from "./errors.ts";
import type { Host, Meeting, ZoomState } from "./state.ts";

export type ZoomOptions = {
  /** 0 takes any free port. */
  port: number;
  accountId: string;
  clientId: string;
  clientSecret: string;
  /** Where webhooks go, and the secret token that signs them. */
  webhookUrl: string;
  webhookSecret: string;
  /** The site, for the way back from a meeting's page. */
  appOrigin: string;
  /** The pool of licensed users of the account; the first is its owner, `me` to the API. */
  hosts: Host[];
  snapshotPath?: string;
  /** Real milliseconds before each retry of a webhook. Zoom takes 5, 20 and 60 minutes. */
  retryDelays?: number[];
  /** Calls per second by category; those of a Pro account unless given. */
  callsPerSecond?: { light: number; medium: number };
};

/** What every part of the emulator works with. */
export type Zoom = {
  options: ZoomOptions;
  store: Store<ZoomState>;
  clock: Clock;
  log: RequestLog;
  webhooks: WebhookSender;
  contract: Contract;
};

type RequestContext = Context<EmulatorEnv>;

/**
 * Reads a JSON body and holds it to the contract.
 *
 * @throws ZoomError 400/300 naming each problem, which is also logged as a violation
 */
export async function readBody<Body>(
  zoom: Zoom,
  context: RequestContext,
  type: TypeName,
): Promise<Body> {
  const body: unknown = await context.req.json<unknown>().catch(() => undefined);
  const isJson = context.req.header("content-type")?.includes("application/json");
  if (body === undefined || !isJson) {
    throw new ZoomError(400, 300, "Request Body should be a valid JSON object.");
  }
  refuse(zoom, context, problemsOf(zoom.contract[type], body));
  return body as Body;
}

/** Reads the query string and holds it to the contract; numbers and booleans are converted. */
export function readQuery<Query>(zoom: Zoom, context: RequestContext, type: TypeName): Query {
  const schema = zoom.contract[type];
  if (schema.kind !== "object") throw new Error(`${type} is not a query`);

  const query = Object.fromEntries(
    Object.entries(context.req.query()).map(([key, text]): [string, unknown] => {
      const kind = schema.properties[key]?.schema.kind;
      if (kind === "number" && /^-?\d+$/.test(text)) return [key, Number(text)];
      if (kind === "boolean" && /^(true|false)$/.test(text)) return [key, text === "true"];
      return [key, text];
    }),
  );
  refuse(zoom, context, problemsOf(schema, query));
  return query as Query;
}

/**
 * Refuses a request for these problems, if there are any, and logs them as violations.
 *
 * @throws ZoomError 400/300
 */
export function refuse(zoom: Zoom, context: RequestContext, problems: string[]): void {
  if (problems.length === 0) return;
  zoom.log.violate("request", operation(context), problems);
  const errors = problems.map((problem) => {
    const [path = ""] = problem.split(" ");
    const field = path.startsWith("/") ? path.slice(1).replaceAll("/", ".") : "";
    return { field, message: `Invalid field. ${problem}.` };
  });
  throw new ZoomError(400, 300, "Validation Failed.", errors);
}

/** Answers with JSON; an answer that Zoom would not give is logged as a violation of ours. */
export function answer(
  zoom: Zoom,
  context: RequestContext,
  type: TypeName,
  value: object,
  status: 200 | 201 = 200,
): Response {
  zoom.log.violate("response", operation(context), problemsOf(zoom.contract[type], value));
  return context.json(value, status);
}

function operation(context: RequestContext): string {
  return `${context.req.method} ${context.req.path}`;
}

/** Finds a host by id, e-mail address or `me`. Throws ZoomError 404/1001. */
export function findHost(zoom: Zoom, key: string): Host {
  const { hosts } = zoom.options;
  const host = key === "me" ? hosts[0] : hosts.find(({ id, email }) => id === key || email === key);
  if (!host) throw notFound(1001, `User does not exist: ${key}.`);
  return host;
}

/** Finds a meeting by its number. Throws ZoomError 404/3001. */
export function findMeeting(zoom: Zoom, id: string): Meeting {
  const meeting = zoom.store.state.meetings.find((candidate) => String(candidate.id) === id);
  if (!meeting) throw notFound(3001, `Meeting does not exist: ${id}.`);
  return meeting;
}
