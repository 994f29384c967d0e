import { randomBytes, timingSafeEqual } from "node:crypto";

/** The two keys of a Supabase project: the publishable one means anon, the secret one service_role. */
export type ApiKeys = { publishableKey: string; secretKey: string };

/**
 * A fresh secret for the tokens between the gateway and the Data API. Nobody else needs it, so
 * each stack makes its own.
 *
 * @returns 64 hexadecimal digits
 */
export function createJwtSecret(): string {
  return randomBytes(32).toString("hex");
}

/**
 * Which role an API key stands for.
 *
 * @returns null for a key that is not one of this project's
 */
export function roleOfKey(key: string, keys: ApiKeys): "anon" | "service_role" | null {
  if (isSame(key, keys.publishableKey)) return "anon";
  if (isSame(key, keys.secretKey)) return "service_role";
  return null;
}

function isSame(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left), Buffer.from(right)];
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}
