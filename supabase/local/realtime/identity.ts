import { decodeJwt } from "jose";

import { TokenError, type Identity, type TokenVerifier } from "../tokens.ts";
import { Refusal } from "./refusal.ts";

const MILLISECONDS = 1000;

/**
 * The token that counts. API keys in the place of a token are ignored, as supabase-js sends its key
 * there when nobody is signed in: what counts then is the key the connection was opened with.
 */
export function chooseToken(accessToken: unknown, apiKey: string): string {
  const isToken = typeof accessToken === "string" && !accessToken.startsWith("sb_");
  return isToken ? accessToken : apiKey;
}

/**
 * Verifies a token.
 *
 * @param now milliseconds since 1970, for the wording
 * @throws Refusal in Supabase's words; what the verifier throws when it could not check at all
 */
export async function identify(
  token: string,
  verifyToken: TokenVerifier,
  now: number,
): Promise<Identity> {
  try {
    return await verifyToken(token);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw refusalOf(token, now);
  }
}

/** When an identity ends, in milliseconds since 1970; null for API keys, which do not. */
export function expiryOf(identity: Identity): number | null {
  const { exp } = identity.claims;
  return typeof exp === "number" ? exp * MILLISECONDS : null;
}

/** What Supabase says of a token that was good once. */
export function expired(expiresAt: number, now: number): Refusal {
  const seconds = Math.max(0, Math.floor((now - expiresAt) / MILLISECONDS));
  return new Refusal("InvalidJWTToken", `Token has expired ${seconds} seconds ago`);
}

// The verifier only says no. Reading the unverified claims decides nothing but the wording.
function refusalOf(token: string, now: number): Refusal {
  try {
    const { exp } = decodeJwt(token);
    if (exp !== undefined && exp * MILLISECONDS <= now) return expired(exp * MILLISECONDS, now);
  } catch {
    return new Refusal("MalformedJWT", "The token provided is not a valid JWT");
  }
  return new Refusal("JwtSignatureError", "Failed to validate JWT signature");
}
