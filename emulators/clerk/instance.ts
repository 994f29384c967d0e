import { createHash } from "node:crypto";

import type { Clock } from "../shared/clock.ts";
import type { Keys } from "./keys.ts";
import type { State } from "./model.ts";
import type { Settings } from "./settings.ts";

/** Who is calling, as the site's proxy headers tell it. */
export type Caller = {
  ip: string;
  userAgent: string;
  /** Becomes `azp` in the tokens made for this call; null for the Backend API. */
  origin: string | null;
};

/** What identifies this Clerk instance to the world. */
export type Identity = {
  id: string;
  /** Host in the publishable key, such as clerk.app.localhost. */
  host: string;
  /** `iss` of every session token. */
  issuer: string;
  /** Domain of Clerk's cookies. The site must remove it when it relays them. */
  cookieDomain: string;
  /** End of the suffixed cookie names: derived from the publishable key, as the SDK does. */
  cookieSuffix: string;
  appOrigin: string;
  /** What Clerk-Proxy-Url has to say. */
  proxyUrl: string;
  publishableKey: string;
  secretKey: string;
};

/** Everything that the emulator's parts share. */
export type Instance = {
  identity: Identity;
  readonly state: State;
  /** To be called after every change of `state`. */
  changed(): void;
  settings: Settings;
  clock: Clock;
  keys: Keys;
  /** Tells the webhook's receiver, later. */
  emit(type: string, data: object, caller: Caller): void;
  /** Mails a code and remembers it for tests. */
  sendCode(email: string, code: string, purpose: string): Promise<void>;
  /** The emulator's own address. */
  url(): string;
};

/**
 * Reads what the publishable key says.
 *
 * @throws when the key is not pk_live_ with a .localhost host: with a pk_test_ key the SDK behaves
 *   differently from production, and a real host means that these are somebody's real keys
 */
export function createIdentity(options: {
  publishableKey: string;
  secretKey: string;
  appOrigin: string;
}): Identity {
  const { publishableKey, secretKey, appOrigin } = options;
  const host = Buffer.from(publishableKey.replace(/^pk_live_/, ""), "base64").toString();
  if (!publishableKey.startsWith("pk_live_") || !/^[a-z0-9.-]+\.localhost\$$/.test(host)) {
    throw new Error(
      "CLERK_PUBLISHABLE_KEY must be pk_live_ + base64 of '<name>.localhost$': the Clerk emulator refuses real keys.",
    );
  }

  const name = host.slice(0, -1);
  return {
    id: `ins_${digest(name).slice(0, 27)}`,
    host: name,
    issuer: `https://${name}`,
    cookieDomain: name.replace(/^clerk\./, ""),
    cookieSuffix: digest(publishableKey, "sha1").slice(0, 8),
    appOrigin,
    proxyUrl: `${appOrigin}/__clerk`,
    publishableKey,
    secretKey,
  };
}

function digest(text: string, algorithm = "sha256"): string {
  return createHash(algorithm).update(text).digest("base64url");
}
