import type { MiddlewareHandler } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { ZoomError } from "./errors.ts";
import type { Host } from "./state.ts";
import type { Zoom } from "./zoom.ts";

type Category = "light" | "medium";

/** Calls per second of a Pro account. */
const PRO = { light: 30, medium: 20 };
const WRITES_PER_HOST_AND_DAY = 100;

/** Counts calls per second and category, says so in headers, and answers 429 beyond the limit. */
export function limitRate(zoom: Zoom): MiddlewareHandler<EmulatorEnv> {
  const limits = zoom.options.callsPerSecond ?? PRO;
  const used = { light: 0, medium: 0 };
  let second = 0;

  return async (context, next) => {
    if (zoom.clock.seconds() !== second) {
      second = zoom.clock.seconds();
      used.light = 0;
      used.medium = 0;
    }
    const category = categoryOf(context.req.path);
    used[category] += 1;
    const headers = {
      "X-RateLimit-Category": category === "light" ? "Light" : "Medium",
      "X-RateLimit-Type": "QPS",
      "X-RateLimit-Limit": String(limits[category]),
      "X-RateLimit-Remaining": String(Math.max(0, limits[category] - used[category])),
    };

    if (used[category] > limits[category]) {
      const message =
        "You have reached the maximum per-second rate limit for this API. Try again later.";
      throw new ZoomError(429, 429, message, [], headers);
    }
    await next();
    for (const [name, value] of Object.entries(headers)) {
      if (!context.res.headers.has(name)) context.header(name, value);
    }
  };
}

/** Creating and listing cost more than reading, changing or deleting one thing. */
function categoryOf(path: string): Category {
  const isList = /\/(users|meetings|participants|registrants)$/.test(path);
  return isList ? "medium" : "light";
}

/**
 * Counts a create or update against the host's day (UTC).
 *
 * @throws ZoomError 429 from the 101st on
 */
export function countWrite(zoom: Zoom, host: Host): void {
  const { writes } = zoom.store.state;
  const day = zoom.clock.iso().slice(0, 10);
  const key = `${host.id} ${day}`;
  const count = (writes[key] ?? 0) + 1;

  if (count > WRITES_PER_HOST_AND_DAY) {
    const midnight = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
    const message =
      `You have exceeded the daily rate limit (${WRITES_PER_HOST_AND_DAY}) of Meeting Create/Update ` +
      "API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.";
    throw new ZoomError(429, 429, message, [], {
      "X-RateLimit-Category": "Medium",
      "X-RateLimit-Type": "Daily-limit",
      "X-RateLimit-Limit": String(WRITES_PER_HOST_AND_DAY),
      "X-RateLimit-Remaining": "0",
      "Retry-After": midnight.replace(".000", ""),
    });
  }

  for (const old of Object.keys(writes)) if (!old.endsWith(day)) delete writes[old];
  writes[key] = count;
  zoom.store.changed();
}
