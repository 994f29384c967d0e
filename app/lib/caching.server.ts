import type { Viewer } from "./auth.server.ts";

/**
 * Lets the visitor's own browser keep a public page for a minute, so that going back and forth
 * between a search and its coaches asks us once. No shared cache: the page carries the nonce its
 * scripts run with. A signed-in person's page, or one with a message that is shown once, is not kept.
 *
 * @param request the page's
 * @param viewer who is reading
 * @returns headers for the loader's answer
 */
export function visitorCaching(request: Request, viewer: Viewer): Record<string, string> {
  const isPersonal = viewer.signedIn || /(^|;\s*)flash=/.test(request.headers.get("Cookie") ?? "");
  return isPersonal ? {} : { "Cache-Control": "private, max-age=60", Vary: "Cookie" };
}
