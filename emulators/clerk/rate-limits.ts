import type { Clock } from "../shared/clock.ts";
import { refusals } from "./errors.ts";

const WINDOW_MILLISECONDS = 10_000;

/** Calls per address in ten seconds, as on https://clerk.com/docs/guides/how-clerk-works/system-limits. */
const LIMITS = {
  "create sign-in": 5,
  "create sign-up": 5,
  "attempt sign-in": 3,
  "attempt sign-up": 3,
};

export type LimitedAction = keyof typeof LIMITS;

export type RateLimits = {
  /**
   * Counts a call.
   *
   * @throws ClerkError 429 with the seconds to wait
   */
  take(action: LimitedAction, ip: string): void;
  clear(): void;
};

/** Makes the counters. They are no part of the state: a restart forgets them. */
export function createRateLimits(clock: Clock): RateLimits {
  const calls = new Map<string, number[]>();

  return {
    take(action, ip) {
      const key = `${action} ${ip}`;
      const now = clock.now();
      const recent = (calls.get(key) ?? []).filter((at) => now - at < WINDOW_MILLISECONDS);
      const [oldest = now] = recent;
      if (recent.length >= LIMITS[action]) {
        throw refusals.tooManyRequests(Math.ceil((oldest + WINDOW_MILLISECONDS - now) / 1000));
      }
      calls.set(key, [...recent, now]);
    },
    clear: () => calls.clear(),
  };
}
