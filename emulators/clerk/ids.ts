import { randomBytes, randomInt } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Makes an id as Clerk's look: the kind and 27 letters and digits, such as user_2b6fcd….
 *
 * @param kind user, sess, client, sia (sign-in attempt), sua (sign-up attempt), idn, eac, ins, evt …
 */
export function createId(kind: string): string {
  return `${kind}_${Array.from({ length: 27 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("")}`;
}

/** An unguessable text for what a cookie or a link must prove. */
export function createSecret(): string {
  return randomBytes(24).toString("base64url");
}

/** A six-digit code, leading zeros included. */
export function createCode(): string {
  return String(randomInt(1_000_000)).padStart(6, "0");
}
