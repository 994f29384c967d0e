import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";

import type { EmulatorEnv } from "../shared/serve.ts";
import { ClerkError, errorBody, refusals } from "./errors.ts";
import type { Caller } from "./instance.ts";

export type ClerkContext = Context<EmulatorEnv>;

const PageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(10),
  offset: z.coerce.number().int().min(0).default(0),
});

/**
 * Answers JSON. The content type is exactly `application/json`: the SDK compares the whole header
 * and would hand out the raw text otherwise.
 */
export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json" },
  });
}

/** Turns what a route threw into Clerk's error answer; anything unforeseen becomes a 500. */
export function answerError(error: unknown, context: ClerkContext): Response {
  const refusal = asRefusal(error);
  if (refusal.retryAfterSeconds !== undefined) {
    context.header("Retry-After", String(refusal.retryAfterSeconds));
  }
  return context.json(errorBody(refusal), refusal.status as ContentfulStatusCode);
}

function asRefusal(error: unknown): ClerkError {
  if (error instanceof ClerkError) return error;
  if (error instanceof z.ZodError) return refusals.invalidBody();
  return new ClerkError(500, "internal_clerk_error", "Oops, an unexpected error occurred", {
    long: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
}

/** Who calls, from the headers that Clerk's proxy contract asks for. */
export function callerOf(context: ClerkContext): Caller {
  return {
    ip: context.req.header("x-forwarded-for")?.split(",")[0]?.trim() || "127.0.0.1",
    userAgent: context.req.header("user-agent") ?? "",
    origin: context.req.header("origin") ?? null,
  };
}

/**
 * Reads a form-encoded body.
 *
 * @param allowed every field this operation knows
 * @throws ClerkError 415 for another content type, 422 for an unknown or repeated field
 */
export async function readForm<Field extends string>(
  context: ClerkContext,
  allowed: readonly Field[],
): Promise<Partial<Record<Field, string>>> {
  const text = await context.req.text();
  if (text === "") return {};
  const type = context.req.header("content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) {
    throw refusals.unsupportedContentType(type);
  }

  const fields: Partial<Record<Field, string>> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const known = allowed.find((field) => field === name);
    if (!known) throw refusals.unknown(name);
    if (fields[known] !== undefined) throw refusals.duplicate(name);
    fields[known] = value;
  }
  return fields;
}

/**
 * Reads a JSON body.
 *
 * @throws ClerkError 400 when it is no JSON, 422 naming the field that the schema refuses
 */
export async function parseBody<Schema extends z.ZodType>(
  context: ClerkContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await context.req.text();
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    throw refusals.invalidBody();
  }

  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === "unrecognized_keys") throw refusals.unknown(issue.keys[0] ?? "");
  throw refusals.invalidValue(issue?.path.join(".") ?? "body", issue?.message ?? "");
}

/**
 * Reads limit (1 to 500, 10 when left out) and offset of a list.
 *
 * @throws ClerkError 422 when one is out of range
 */
export function readPage(context: ClerkContext): { limit: number; offset: number } {
  const result = PageSchema.safeParse(context.req.query());
  if (result.success) return result.data;
  const field = String(result.error.issues[0]?.path[0] ?? "limit");
  throw refusals.invalidValue(field, context.req.query(field) ?? "");
}
