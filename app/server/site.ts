import { createRequestHandler, type ServerBuild } from "@remix-run/node";

import { getEnv } from "../lib/env.server.ts";
import { getLogger } from "../lib/logger.server.ts";
import { createHandler, type Handler } from "./handler.ts";

/**
 * The whole site as one function, with the process's environment and log.
 *
 * @param build Remix's server build, or a function that loads the current one
 * @param mode the dev server relaxes what Vite's hot reload needs relaxed
 * @returns the handler
 * @throws Error naming the environment variables that are missing
 */
export function createSite(
  build: ServerBuild | (() => Promise<ServerBuild>),
  mode: "development" | "production",
): Handler {
  const application = createRequestHandler(build, mode);
  return createHandler({ env: getEnv(), mode, log: getLogger(), application });
}

/**
 * Where the Node servers listen.
 *
 * @returns PORT, else the port of the site's own address
 */
export function sitePort(): number {
  const env = getEnv();
  return env.PORT ?? (Number(new URL(env.APP_ORIGIN).port) || 3000);
}
