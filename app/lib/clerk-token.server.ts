import { z } from "zod";

const ClaimsSchema = z.object({ sid: z.string(), iat: z.number(), exp: z.number() });

/** When a session token was issued and ends (Unix seconds), and of which session it is. */
export type TokenClaims = z.output<typeof ClaimsSchema>;

/**
 * Reads a session token WITHOUT verifying it. Only good for deciding whether to fetch a newer
 * one; who somebody is, is for `getViewer` to say, which verifies the signature.
 *
 * @param token a JWT, or anything a browser sent in its place
 * @returns its claims, or null when it is not a session token
 */
export function peekToken(token: string | null | undefined): TokenClaims | null {
  const payload = token?.split(".")[1];
  if (!payload) return null;
  try {
    return ClaimsSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  } catch {
    return null;
  }
}
