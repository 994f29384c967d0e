import { limitTries } from "~/lib/rate-limit.server";

/** Calendar apps ask every few minutes at most, and one address may be subscribed on several devices. */
const READS = { bucket: "calendar_feed_reads", max: 120, windowSeconds: 3600 };
/** Nobody guesses 256 bits; this keeps the log of those who try short. */
const WRONG = { bucket: "calendar_feed_wrong_by_address", max: 30, windowSeconds: 3600 };
const MADE = { bucket: "calendar_feed_made", max: 10, windowSeconds: 3600 };

/**
 * Counts a read of a private calendar address.
 *
 * @param token its secret part, of which a digest is counted
 * @throws Response 429 when it was read too often
 */
export async function limitReads(token: string): Promise<void> {
  refuse(await limitTries([{ limit: READS, subject: token }]));
}

/**
 * Counts a read of an address that does not exist.
 *
 * @param clientIp whose try it was
 * @throws Response 429 when it was one too many
 */
export async function limitWrongAddresses(clientIp: string): Promise<void> {
  refuse(await limitTries([{ limit: WRONG, subject: clientIp }]));
}

/**
 * Counts the making of a private calendar address.
 *
 * @param profileId whose
 * @returns seconds to wait, 0 when they may
 */
export async function limitMaking(profileId: string): Promise<number> {
  return limitTries([{ limit: MADE, subject: profileId }]);
}

function refuse(wait: number): void {
  if (wait > 0) {
    throw new Response("Too many requests. Try again later.", {
      status: 429,
      headers: { "Retry-After": String(wait) },
    });
  }
}
