import { isEqual } from "../_shared/hmac.ts";

/** How far a delivery's time may be from ours, in seconds: what Svix's own libraries allow. */
const TOLERANCE_SECONDS = 5 * 60;

/**
 * Whether Resend (by way of Svix) signed exactly this body, within five minutes: one of the signatures in
 * `svix-signature` is the HMAC-SHA256 of "id.timestamp.body" by the secret's bytes, as base64
 * (https://docs.svix.com/receiving/verifying-payloads/how-manual).
 * @param secret whsec_ and base64
 * @param nowSeconds since 1970
 */
export async function isSigned(
  headers: Headers,
  body: string,
  secret: string,
  nowSeconds: number,
): Promise<boolean> {
  const id = headers.get("svix-id") ?? "";
  const timestamp = headers.get("svix-timestamp") ?? "";
  const isRecent = Math.abs(nowSeconds - Number(timestamp)) <= TOLERANCE_SECONDS;
  if (!/^\d+$/.test(timestamp) || !isRecent) return false;

  const expected = await signature(secret, `${id}.${timestamp}.${body}`);
  const given = headers.get("svix-signature")?.split(" ") ?? [];
  return given.some((one) => isEqual(one, `v1,${expected}`));
}

async function signature(secret: string, text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, "")), (character) =>
    character.charCodeAt(0),
  );
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes, hmac, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
}
