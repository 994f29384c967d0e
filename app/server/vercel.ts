/*
 * The site as a Vercel function: `api/site.ts` re-exports these, and a rewrite sends every
 * address that is not a file to it. Vercel is the one proxy in front, so TRUST_PROXY is 1.
 */
import type { ServerBuild } from "@remix-run/node";

import type { Handler } from "./handler.ts";
import { createSite } from "./site.ts";

/** Not a literal, so that type checking does not depend on a build having been made. */
const SERVER_BUILD = "../../build/server/index.js";

let site: Handler | undefined;

/**
 * Answers a request.
 *
 * @param request the request as Vercel received it
 */
export async function GET(request: Request): Promise<Response> {
  site ??= createSite((await import(SERVER_BUILD)) as ServerBuild, "production");
  return site(request, undefined);
}

export { GET as DELETE, GET as HEAD, GET as OPTIONS, GET as PATCH, GET as POST, GET as PUT };
