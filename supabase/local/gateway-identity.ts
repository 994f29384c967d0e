import { SignJWT } from "jose";

import { roleOfKey, type ApiKeys } from "./keys.ts";
import type { Identity, TokenVerifier } from "./tokens.ts";

/** A request that is not let through; `body` is what Supabase answers. */
export class GatewayRefusal extends Error {
  status: 401;
  body: Record<string, unknown>;

  constructor(body: Record<string, unknown>) {
    super(String(body.message));
    this.status = 401;
    this.body = body;
  }
}

type Credentials = {
  apiKey: string | undefined;
  /** The whole header: "Bearer …". */
  authorization: string | undefined;
  userAgent: string | undefined;
};

/**
 * Who a request is from. The API key opens the door; a token in `Authorization` says who enters.
 * supabase-js sends its key as the token when nobody is signed in, and then the key decides.
 *
 * @throws GatewayRefusal without a known API key; TokenError for a token that is not accepted
 */
export async function identifyRequest(
  { apiKey, authorization, userAgent }: Credentials,
  keys: ApiKeys,
  verifyToken: TokenVerifier,
): Promise<Identity> {
  if (!apiKey) {
    throw new GatewayRefusal({
      message: "No API key found in request",
      hint: "No `apikey` request header or url param was found.",
    });
  }
  const keyRole = roleOfKey(apiKey, keys);
  if (!keyRole) {
    throw new GatewayRefusal({
      message: "Invalid API key",
      hint: "Double check your Supabase `anon` or `service_role` API key.",
    });
  }
  if (keyRole === "service_role" && /^Mozilla\/5\.0/i.test(userAgent ?? "")) {
    throw new GatewayRefusal({ message: "Forbidden use of secret API key in browser" });
  }

  const bearer = /^Bearer\s+(.+)$/i.exec(authorization ?? "")?.[1] ?? null;
  const bearerRole = bearer === null ? null : roleOfKey(bearer, keys);
  if (bearer !== null && bearerRole === null) return verifyToken(bearer);
  return verifyToken(bearerRole === "service_role" ? bearer : apiKey);
}

/**
 * Makes the signer of the tokens that the Data API accepts: the same claims under a secret that
 * only it and the gateway know. The same identity gets the same token.
 */
export function createTokenSigner(jwtSecret: string): (identity: Identity) => Promise<string> {
  const secret = new TextEncoder().encode(jwtSecret);
  const signed = new WeakMap<Identity, Promise<string>>();

  return function sign(identity) {
    const known = signed.get(identity);
    if (known) return known;
    const token = new SignJWT(identity.claims).setProtectedHeader({ alg: "HS256" }).sign(secret);
    signed.set(identity, token);
    return token;
  };
}
