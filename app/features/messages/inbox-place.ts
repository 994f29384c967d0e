import { useSearchParams } from "@remix-run/react";

/** Where somebody is in their inbox: it stays in the address while they read and answer threads. */
export type InboxPlace = { page: number; isWaiting: boolean };

/**
 * @param query of an address below /messages
 * @returns the page, from 1, and whether only those threads are listed in which the reader owes an answer
 */
export function readInboxPlace(query: URLSearchParams): InboxPlace {
  const page = Number(query.get("page"));
  return { page: Number.isInteger(page) && page > 1 ? page : 1, isWaiting: query.has("waiting") };
}

/** Where the reader is in their inbox, for links that are not to leave it. */
export function useInboxPlace(): InboxPlace {
  const [query] = useSearchParams();
  return readInboxPlace(query);
}
