import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from "jose";

import { roleOfKey, type ApiKeys } from "./keys.ts";

/** Who asks: the Postgres role to take and the claims that policies read. */
export type Identity = { role: string; claims: Record<string, unknown> };

/** Checks a token or an API key; null is a visitor. Rejects with a TokenError. */
export type TokenVerifier = (token: string | null) => Promise<Identity>;

type TokenVerifierOptions = ApiKeys & {
  /** Where the identity provider publishes its keys. */
  jwksUrl: string;
  /** The `iss` that its tokens carry. */
  issuer: string;
  /** The present, for tests that can't wait. */
  now?: () => Date;
};

/** A token that is not accepted, in PostgREST's words. */
export class TokenError extends Error {
  code: "PGRST301" | "PGRST303";

  constructor(code: TokenError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Enough for everybody signed in locally; the oldest go first. */
const CACHE_SIZE = 1_000;

/**
 * Makes what the gateway and Realtime check tokens with, as Supabase does for a project with Clerk
 * as its third-party identity provider.
 *
 * A token lives for a minute and serves many requests, so it is verified once: the same token gives
 * the same identity object until it expires.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { jwksUrl, issuer, now = () => new Date() } = options;
  // An identity provider that was started over has other keys; a second is soon enough to see it.
  const keys = createRemoteJWKSet(new URL(jwksUrl), { cooldownDuration: 1_000 });
  const verified = new Map<string, Identity>();
  const visitor = identityOf("anon");
  const service = identityOf("service_role");

  return async function verify(token) {
    if (token === null) return visitor;
    const keyRole = roleOfKey(token, options);
    if (keyRole) return keyRole === "anon" ? visitor : service;

    const known = verified.get(token);
    if (known) {
      if (Number(known.claims.exp) * 1_000 > now().getTime()) return known;
      verified.delete(token);
      throw new TokenError("PGRST303", "JWT expired");
    }

    const { payload } = await jwtVerify(token, keys, {
      issuer,
      algorithms: ["RS256"],
      requiredClaims: ["exp"],
      currentDate: now(),
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    const identity = identityOf(roleOfClaims(payload), payload);
    remember(verified, token, identity);
    return identity;
  };
}

function identityOf(role: string, claims: JWTPayload = {}): Identity {
  return { role, claims: { ...claims, role } };
}

/** PostgREST takes a token without a role as a visitor's. */
function roleOfClaims(claims: JWTPayload): string {
  return typeof claims.role === "string" ? claims.role : "anon";
}

function remember(verified: Map<string, Identity>, token: string, identity: Identity): void {
  const oldest = verified.size >= CACHE_SIZE ? verified.keys().next().value : undefined;
  if (oldest !== undefined) verified.delete(oldest);
  verified.set(token, identity);
}

/** @throws the error itself when it is not the token's: the provider's keys could not be had */
function refusalOf(error: unknown): TokenError {
  const isTokens = error instanceof errors.JOSEError && error.code !== "ERR_JOSE_GENERIC";
  if (!isTokens || error instanceof errors.JWKSTimeout) throw error;
  if (error instanceof errors.JWTExpired) return new TokenError("PGRST303", "JWT expired");
  if (error instanceof errors.JWTClaimValidationFailed) {
    const isEarly = error.claim === "nbf" || error.claim === "iat";
    return new TokenError("PGRST303", isEarly ? "JWT not yet valid" : "JWT claims not accepted");
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) {
    return new TokenError("PGRST301", "Expected 3 parts in JWT");
  }
  return new TokenError("PGRST301", "No suitable key or wrong key type");
}
