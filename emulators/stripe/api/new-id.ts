import { randomBytes } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A new id as Stripe makes them.
 *
 * @param prefix with its underscore, such as `pi_`
 * @param length of the random part
 */
export function newId(prefix: string, length = 24): string {
  return (
    prefix + Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join("")
  );
}
