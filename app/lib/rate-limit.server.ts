import { createHmac } from "node:crypto";

import { getEnv } from "./env.server.ts";
import { recordSecurityEvent, takeRateLimit } from "./service-db.server.ts";

/** A limit on tries. The window starts with the first try. */
export type RateLimit = { bucket: string; max: number; windowSeconds: number };

/**
 * Counts a try against every given subject.
 *
 * @param limits each with whom it counts: an IP address, an e-mail, a profile id
 * @returns seconds to wait, 0 when the try is allowed
 */
export async function limitTries(
  limits: readonly { limit: RateLimit; subject: string }[],
): Promise<number> {
  const waits = await Promise.all(
    limits.map(async ({ limit, subject }) => {
      const digest = digestSubject(subject);
      const wait = await takeRateLimit({ ...limit, subject: digest });
      if (wait > 0)
        await recordSecurityEvent("rate_limited", { bucket: limit.bucket, subject: digest });
      return wait;
    }),
  );
  return Math.max(0, ...waits);
}

/**
 * Makes a subject unreadable but comparable. Keyed, because all IPv4 addresses can be hashed in
 * an afternoon.
 *
 * @param subject an IP address or e-mail; an IPv6 address counts as its /64, which is one household
 * @returns 64 hex digits
 */
export function digestSubject(subject: string): string {
  const [key = ""] = getEnv().SESSION_SECRET;
  const canonical = isIpv6(subject) ? ipv6Network(subject) : subject.trim().toLowerCase();
  return createHmac("sha256", key).update(canonical).digest("hex");
}

function isIpv6(subject: string): boolean {
  return /^[0-9a-f:.]+$/i.test(subject) && subject.includes(":");
}

function ipv6Network(address: string): string {
  const [left = "", right = ""] = address.toLowerCase().split("::");
  const before = left.split(":").filter(Boolean);
  const after = right.split(":").filter(Boolean);
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  const groups = address.includes("::") ? [...before, ...gap, ...after] : before;
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
