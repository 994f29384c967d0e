import type { MiddlewareHandler } from "hono";

import type { ApiEnv, Calendly } from "./calendly.ts";
import { personOf } from "./calendly.ts";
import { CalendlyError } from "./errors.ts";

/** Mandatory for apps made since 2026-03-03. */
export const SCOPES = [
  "users:read",
  "event_types:read",
  "availability:read",
  "scheduled_events:read",
  "scheduled_events:write",
  "webhooks:read",
  "webhooks:write",
];

/** Which scope a call needs: by its first path segment, and whether it writes. */
const NEEDED: [RegExp, string][] = [
  [/^\/users\//, "users"],
  [/^\/event_types/, "event_types"],
  [/^\/event_type_available_times/, "availability"],
  [/^\/user_/, "availability"],
  [/^\/(scheduled_events|invitees|invitee_no_shows|scheduling_links)/, "scheduled_events"],
  [/^\/webhook_subscriptions/, "webhooks"],
];

/** Lets only calls through that carry a good token with the scope they need. */
export function requireToken(calendly: Calendly): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const token = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
    const { accessTokens } = calendly.store.state;
    const grant = Object.hasOwn(accessTokens, token) ? accessTokens[token] : undefined;
    if (!grant || grant.endsAt <= calendly.clock.now()) {
      throw new CalendlyError(401, "The access token is invalid");
    }
    const [, area = ""] = NEEDED.find(([path]) => path.test(context.req.path)) ?? [];
    if (!isAllowed(grant.scope.split(" "), area, context.req.method !== "GET")) {
      throw new CalendlyError(403, "You do not have permission to access this resource.");
    }
    context.set("person", personOf(calendly, grant.personUuid));
    await next();
  };
}

/** Writing implies reading. */
function isAllowed(granted: string[], area: string, isWrite: boolean): boolean {
  if (granted.includes(`${area}:write`)) return true;
  return !isWrite && granted.includes(`${area}:read`);
}
