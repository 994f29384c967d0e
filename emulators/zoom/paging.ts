import { ZoomError } from "./errors.ts";

type PageQuery = { page_size?: number; page_number?: number; next_page_token?: string };

const LARGEST_PAGE = 300;

/**
 * Cuts a page out of a list as Zoom does, with the fields that go around it.
 *
 * @throws ZoomError 400/300 for a page size beyond 300 or a token that is none of ours
 */
export function pageOf<Item>(items: Item[], query: PageQuery) {
  const size = query.page_size ?? 30;
  if (size < 1 || size > LARGEST_PAGE) {
    const message = `Page size must be between 1 and ${LARGEST_PAGE}.`;
    throw new ZoomError(400, 300, "Validation Failed.", [{ field: "page_size", message }]);
  }

  const number = query.page_number ?? 1;
  const start = query.next_page_token ? readToken(query.next_page_token) : (number - 1) * size;
  const end = start + size;
  return {
    page_size: size,
    total_records: items.length,
    page_count: Math.ceil(items.length / size),
    next_page_token: end < items.length ? writeToken(end) : "",
    items: items.slice(start, end),
  };
}

function writeToken(start: number): string {
  return Buffer.from(`from:${start}`).toString("base64url");
}

function readToken(token: string): number {
  const start = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (start === undefined) {
    throw new ZoomError(400, 300, "The next page token is invalid or expired.");
  }
  return Number(start);
}
