import { invalidRequest } from "./failure.ts";

type Listed = { id: string; object?: string; created?: number };

export type ListParams = {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: number | { gt?: number; gte?: number; lt?: number; lte?: number };
};

/**
 * One page of a list, the way Stripe pages: by the id that comes before or after it.
 *
 * @param items all that match the other parameters, in the order of the list
 * @param url the path of the list
 * @throws StripeFailure when the limit is out of bounds or the cursor is not in the list
 */
export function listPage<Item extends Listed>(items: Item[], params: ListParams, url: string) {
  const { limit = 10, starting_after: after, ending_before: before } = params;
  if (limit < 1 || limit > 100) {
    throw invalidRequest(`Invalid limit: must be between 1 and 100`, {
      param: "limit",
      code: "parameter_invalid_integer",
    });
  }
  if (after && before) {
    throw invalidRequest("You may only specify one of these: starting_after, ending_before.", {
      param: "ending_before",
    });
  }

  const matching = items.filter((item) => isWithin(item.created ?? 0, params.created));
  if (before) {
    const end = positionOf(items, matching, before, "ending_before");
    const start = Math.max(0, end - limit);
    return page(matching.slice(start, end), start > 0, url);
  }
  const start = after ? positionOf(items, matching, after, "starting_after") + 1 : 0;
  return page(matching.slice(start, start + limit), start + limit < matching.length, url);
}

function page<Item>(data: Item[], hasMore: boolean, url: string) {
  return { object: "list" as const, data, has_more: hasMore, url };
}

function positionOf(items: Listed[], matching: Listed[], id: string, param: string): number {
  const position = matching.findIndex((item) => item.id === id);
  if (position >= 0) return position;
  const kind = items[0]?.object ?? "object";
  throw invalidRequest(`No such ${kind}: '${id}'`, { param, code: "resource_missing" });
}

function isWithin(created: number, range: ListParams["created"]): boolean {
  if (range === undefined) return true;
  if (typeof range === "number") return created === range;
  return (
    created > (range.gt ?? -Infinity) &&
    created >= (range.gte ?? -Infinity) &&
    created < (range.lt ?? Infinity) &&
    created <= (range.lte ?? Infinity)
  );
}
