import { hmacHex, isEqual } from "../_shared/hmac.ts";

const MAX_AGE_MS = 5 * 60 * 1000;

/**
 * Checks Zoom's signature over exactly these bytes and that it is at most five minutes old.
 * @param now milliseconds since 1970
 * @returns null when it is good, else a code that says what is wrong
 */
export async function signatureProblem(
  headers: Headers,
  rawBody: string,
  secret: string,
  now: number,
): Promise<string | null> {
  const signature = headers.get("x-zm-signature");
  const timestamp = headers.get("x-zm-request-timestamp");
  if (!signature || !timestamp) return "signature_missing";

  // Seconds or, in older deliveries, milliseconds.
  const sentAt = Number(timestamp) * (timestamp.length > 11 ? 1 : 1000);
  if (!(Math.abs(now - sentAt) <= MAX_AGE_MS)) return "signature_stale";

  const expected = `v0=${await hmacHex(secret, `v0:${timestamp}:${rawBody}`)}`;
  return isEqual(signature, expected) ? null : "signature_invalid";
}
