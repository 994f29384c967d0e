import type { Context } from "hono";

import { CalendlyError } from "./errors.ts";

/** Cuts a page out of a list as Calendly does: `count` per page, the next one by token. */
export function pageOf<Item>(
  context: Pick<Context, "req">,
  items: Item[],
  query: { count: number; page_token?: string },
) {
  const start = query.page_token ? readToken(query.page_token) : 0;
  const end = start + query.count;
  const next = end < items.length ? writeToken(end) : null;
  const previous = start > 0 ? writeToken(Math.max(0, start - query.count)) : null;
  return {
    collection: items.slice(start, end),
    pagination: {
      count: Math.max(0, Math.min(end, items.length) - start),
      next_page: addressOf(context, next),
      previous_page: addressOf(context, previous),
      next_page_token: next,
      previous_page_token: previous,
    },
  };
}

function addressOf(context: Pick<Context, "req">, token: string | null): string | null {
  if (!token) return null;
  const url = new URL(context.req.url);
  url.searchParams.set("page_token", token);
  return url.href;
}

function writeToken(start: number): string {
  return Buffer.from(`from:${start}`).toString("base64url");
}

function readToken(token: string): number {
  const start = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (start === undefined) {
    throw new CalendlyError(400, "The supplied parameters are invalid.", [
      { parameter: "page_token", message: "is invalid" },
    ]);
  }
  return Number(start);
}
