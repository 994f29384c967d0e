const MAX_AGE_MS = 5 * 60 * 1000;

/** HMAC-SHA256 of `text`, as lower-case hex. */
export async function hmacHex(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey(
    "raw",
    encoder.encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(text));
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}

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

/** Compares in a time that does not tell where two texts differ. */
function isEqual(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++) {
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  }
  return difference === 0;
}
