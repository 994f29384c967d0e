import { askSite } from "~/lib/ask-site";
import { realtimeTokenPath } from "~/lib/paths";

/** A token this close to its end would not survive the way to the server. Milliseconds. */
const MARGIN_MS = 10_000;

type Cached = { token: string; expiresAt: number };

let cached: Cached | null = null;
let asked: Promise<Cached | null> | null = null;

/**
 * The reader's own session token, for the connection that brings live updates. Asked for anew
 * shortly before the last one ends: it lives a minute. Who asks at the same time gets one answer.
 *
 * @returns the token; null when the reader is signed out
 * @throws Error when it can't be had right now
 */
export async function getRealtimeToken(): Promise<string | null> {
  if (cached && Date.now() < cached.expiresAt * 1000 - MARGIN_MS) return cached.token;

  asked ??= fetchToken().finally(() => (asked = null));
  cached = await asked;
  return cached?.token ?? null;
}

/** When a newer token is to be asked for, in milliseconds since 1970; null while there is none. */
export function realtimeTokenStaleAt(): number | null {
  return cached && cached.expiresAt * 1000 - MARGIN_MS;
}

async function fetchToken(): Promise<Cached | null> {
  const response = await askSite(realtimeTokenPath());
  if (response.status === 401) return null;
  if (!response.ok) throw new Error(`no token for live updates (${response.status})`);

  const answer = (await response.json()) as { data: Cached };
  return answer.data;
}
