import { hmacHex, isEqual } from "../_shared/hmac.ts";

const MAX_AGE_MS = 3 * 60 * 1000;

/**
 * Checks Calendly's signature (`t=<seconds>,v1=<hex>` over "<t>.<body>") over exactly these bytes
 * and that it is at most three minutes old.
 * @param now milliseconds since 1970
 * @returns null when it is good, else a code that says what is wrong
 */
export async function signatureProblem(
  header: string | null,
  rawBody: string,
  signingKey: string,
  now: number,
): Promise<string | null> {
  const parts = new Map((header ?? "").split(",").map((part) => splitOnce(part.trim())));
  const timestamp = parts.get("t");
  const signature = parts.get("v1");
  if (!timestamp || !signature) return "signature_missing";

  if (!(Math.abs(now - Number(timestamp) * 1000) <= MAX_AGE_MS)) return "signature_stale";

  const expected = await hmacHex(signingKey, `${timestamp}.${rawBody}`);
  return isEqual(signature, expected) ? null : "signature_invalid";
}

function splitOnce(part: string): [string, string] {
  const at = part.indexOf("=");
  return [part.slice(0, at), part.slice(at + 1)];
}
