import type { Params } from "@remix-run/react";
import type { z } from "zod";

/**
 * Reads the parameters of a route's address.
 *
 * @param params what the router matched
 * @param schema their shape
 * @returns the parsed parameters
 * @throws Response 404: an id of the wrong shape is no different from one that does not exist
 */
export function parseParams<Schema extends z.ZodType>(
  params: Params,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new Response("Not found", { status: 404 });
  return parsed.data;
}

/** Far more than anybody pages through; deeper ones cost the database and help nobody. */
const LAST_PAGE = 1_000;

/**
 * Reads which page of a list is asked for. People edit addresses: what makes no sense is page 1.
 *
 * @param request the page's
 * @returns a whole number from 1
 */
export function readPage(request: Request): number {
  const page = Number(new URL(request.url).searchParams.get("page") ?? 1);
  return Number.isInteger(page) && page >= 1 ? Math.min(page, LAST_PAGE) : 1;
}
