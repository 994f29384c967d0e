import type { Viewer } from "./auth.server.ts";
import { FALLBACK_TIME_ZONE, isTimeZone, TIME_ZONE_COOKIE } from "./time-zone.ts";

/** In which zone a page shows its times, and how we know. */
export type ReaderZone = {
  timeZone: string;
  /** `guess`: nobody has told us; a script of the page may, from the browser's own zone. */
  source: "profile" | "cookie" | "guess";
};

const ONE_YEAR = 365 * 24 * 60 * 60;

/**
 * The zone of whoever reads the page: their profile's, once they have said who they are; before
 * that the one kept in their browser.
 *
 * @param request the page's
 * @param viewer who is reading
 * @returns the zone and where it is from
 */
export function readTimeZone(request: Request, viewer: Viewer): ReaderZone {
  if (viewer.signedIn && viewer.profile.onboarded_at) {
    return { timeZone: viewer.profile.time_zone, source: "profile" };
  }
  const kept = cookieValue(request.headers.get("Cookie") ?? "");
  return isTimeZone(kept)
    ? { timeZone: kept, source: "cookie" }
    : { timeZone: FALLBACK_TIME_ZONE, source: "guess" };
}

/**
 * @param timeZone an IANA zone; anything else forgets what was kept
 * @returns the Set-Cookie value that keeps it for a year
 */
export function serializeTimeZone(timeZone: unknown): string {
  const attributes = "Path=/; SameSite=Lax";
  return isTimeZone(timeZone)
    ? `${TIME_ZONE_COOKIE}=${timeZone}; ${attributes}; Max-Age=${ONE_YEAR}`
    : `${TIME_ZONE_COOKIE}=; ${attributes}; Max-Age=0`;
}

function cookieValue(header: string): string | undefined {
  const pair = header.split(/;\s*/).find((part) => part.startsWith(`${TIME_ZONE_COOKIE}=`));
  return pair?.slice(TIME_ZONE_COOKIE.length + 1);
}
