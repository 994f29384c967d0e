import type { Context } from "hono";
import type { z } from "zod";

import type { Clock } from "../shared/clock.ts";
import type { RequestLog } from "../shared/request-log.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import type { Store } from "../shared/store.ts";
import type { WebhookSender } from "../shared/webhook-sender.ts";
import { ResponseSchemas, type ResponseName } from "./contract/responses.ts";
import { CalendlyError, notFound } from "./errors.ts";
import type { Booked, CalendlyState, EventType, Person } from "./state.ts";

export type CalendlyOptions = {
  /** 0 takes any free port. */
  port: number;
  clientId: string;
  clientSecret: string;
  /** The app's key, which signs the webhooks of everybody who connected it. */
  webhookSigningKey: string;
  /** The site: codes are only sent to addresses of it. */
  appOrigin: string;
  snapshotPath?: string;
  /** Real milliseconds before each retry of a webhook. Calendly backs off over 24 hours. */
  retryDelays?: number[];
  /** Token requests per user and minute; 8 unless given. */
  tokensPerMinute?: number;
};

/** What every part of the emulator works with. */
export type Calendly = {
  options: CalendlyOptions;
  store: Store<CalendlyState>;
  clock: Clock;
  log: RequestLog;
  webhooks: WebhookSender;
};

/** What a call of the API carries: who asks, once `requireToken` has seen the token. */
export type ApiEnv = EmulatorEnv & { Variables: { person: Person } };

/** The part of a context that pages and API share. */
type RequestContext = Pick<Context, "req" | "json">;

/**
 * Reads a JSON body and holds it to the contract. An empty body is `{}`.
 *
 * @throws CalendlyError 400 naming each problem, which is also logged as a violation
 */
export async function readBody<Schema extends z.ZodType>(
  calendly: Calendly,
  context: RequestContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await context.req.text();
  const isJson = context.req.header("content-type")?.includes("application/json");
  if (text && !isJson) throw new CalendlyError(400, "The body must be JSON.");
  return check(calendly, context, schema, parseJson(text));
}

/** Reads the query string and holds it to the contract. */
export function readQuery<Schema extends z.ZodType>(
  calendly: Calendly,
  context: RequestContext,
  schema: Schema,
): z.output<Schema> {
  return check(calendly, context, schema, context.req.query());
}

function parseJson(text: string): unknown {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    throw new CalendlyError(400, "The body is not JSON.");
  }
}

function check<Schema extends z.ZodType>(
  calendly: Calendly,
  context: RequestContext,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;

  const details = parsed.error.issues.map((issue) => ({
    parameter: issue.path.join("."),
    message: issue.message,
  }));
  calendly.log.violate(
    "request",
    operation(context),
    details.map(({ parameter, message }) => `${parameter || "the request"}: ${message}`),
  );
  throw new CalendlyError(400, "The supplied parameters are invalid.", details);
}

/** Answers with JSON; an answer that Calendly would not give is logged as a violation of ours. */
export function answer(
  calendly: Calendly,
  context: RequestContext,
  name: ResponseName,
  value: object,
  status: 200 | 201 = 200,
): Response {
  calendly.log.violate("response", operation(context), problemsOf(name, value));
  return context.json(value, status);
}

/** How a body differs from the contract; none when it fits. */
export function problemsOf(name: ResponseName, value: unknown): string[] {
  const parsed = ResponseSchemas[name].safeParse(value);
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

function operation(context: RequestContext): string {
  return `${context.req.method} ${context.req.path}`;
}

/** An instant as Calendly writes it: UTC with microseconds. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000Z");
}

/** The last part of a URI of ours: its uuid. */
export function uuidOf(uri: string): string {
  return uri.slice(uri.lastIndexOf("/") + 1);
}

/** Finds an event type by uuid, whoever's it is. Throws CalendlyError 404. */
export function findEventType(calendly: Calendly, uuid: string): EventType {
  const found = calendly.store.state.eventTypes.find((candidate) => candidate.uuid === uuid);
  if (!found) throw notFound();
  return found;
}

/** Finds an event of this person by uuid. Throws CalendlyError 404. */
export function findEvent(calendly: Calendly, person: Person, uuid: string): Booked {
  const found = calendly.store.state.booked.find(
    ({ eventUuid, ownerUuid }) => eventUuid === uuid && ownerUuid === person.uuid,
  );
  if (!found) throw notFound();
  return found;
}

/** Finds an invitee by uuid, for the pages behind their own links. Throws CalendlyError 404. */
export function findInvitee(calendly: Calendly, uuid: string): Booked {
  const found = calendly.store.state.booked.find(({ inviteeUuid }) => inviteeUuid === uuid);
  if (!found) throw notFound();
  return found;
}

/** The person that this uuid is of. */
export function personOf(calendly: Calendly, uuid: string): Person {
  const found = calendly.store.state.people.find((candidate) => candidate.uuid === uuid);
  if (!found) throw notFound();
  return found;
}

/** Refuses a person who asks for somebody else's. Throws CalendlyError 403. */
export function requireOwn(person: Person, uris: (string | undefined)[]): void {
  const own = [person.uuid, person.organizationUuid];
  if (uris.some((uri) => uri !== undefined && !own.includes(uuidOf(uri)))) {
    throw new CalendlyError(403, "You do not have permission to access this resource.");
  }
}
