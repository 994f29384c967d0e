import { createMiddleware } from "hono/factory";

import type { RequestLog } from "../shared/request-log.ts";
import type { EmulatorEnv } from "../shared/serve.ts";

/**
 * Takes passwords out of the list of calls that everybody on this machine can read.
 * To be put right after the log's own middleware: the newest entry is the call at hand.
 */
export function hidePasswords(log: RequestLog) {
  return createMiddleware<EmulatorEnv>(async (_context, next) => {
    const [entry] = log.requests();
    if (entry) {
      entry.body = entry.body
        .replace(/(^|&)password=[^&]*/g, "$1password=(left out)")
        .replace(/"password"\s*:\s*"(?:[^"\\]|\\.)*"/g, '"password":"(left out)"');
    }
    return next();
  });
}
