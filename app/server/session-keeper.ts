import {
  clearedSessionCookies,
  clerkCookieNames,
  parseSetCookie,
  sessionCookies,
  type ClerkCookieNames,
} from "../lib/clerk-cookies.server.ts";
import { createClerkFrontend, type Browser, type ClerkEnv } from "../lib/clerk-frontend.server.ts";
import { findActiveSession, mintToken } from "../lib/clerk-session.server.ts";
import { peekToken, type TokenClaims } from "../lib/clerk-token.server.ts";
import type { SessionState } from "./load-context.ts";

/** A token with less than this left is replaced: the request still has to reach the database. Seconds. */
const RENEW_BELOW = 10;

/** How long requests sent before the browser got its new cookie may share the token. Seconds. */
const SHARE_FOR = 20;

export type KeptSession = {
  state: SessionState;
  /** The cookies as the application should see them. */
  cookies: Map<string, string>;
  /** `Set-Cookie` headers for the browser. */
  setCookies: string[];
};

type Minted = { token: string; issuedAt: number; setCookies: string[] } | null;

/**
 * Keeps people signed in although a session token lives for a minute only: it is replaced before
 * Remix sees the request, so that a form posted after an hour, with scripts off, just works.
 *
 * @param env where Clerk is
 * @param options.now the clock, in milliseconds
 * @param options.onUnavailable told when Clerk could not be asked
 * @returns a function that prepares the cookies of one request
 */
export function createSessionKeeper(
  env: ClerkEnv,
  options: { now?: () => number; onUnavailable?: (error: unknown) => void } = {},
): (browser: Browser) => Promise<KeptSession> {
  const names = clerkCookieNames(env.CLERK_PUBLISHABLE_KEY);
  const isSecure = env.APP_ORIGIN.startsWith("https:");
  const seconds = () => (options.now ?? Date.now)() / 1000;
  const mint = createSharedMint(env, names, isSecure, seconds);

  return async function keep(browser) {
    const found = findSession(browser.cookies, names);
    const left = found.claims ? found.claims.exp - seconds() : 0;
    const isUsable = left > 0 && found.claims !== null && found.claims.iat >= found.changedAt;

    if (isUsable && left > RENEW_BELOW) return kept(found.token, found.claims);
    if (!found.claims && found.changedAt === 0) return signedOut("none", []);
    if (!found.client) return isUsable ? kept(found.token, found.claims) : ended();

    try {
      const minted = await mint(browser, found.client, found.claims?.sid ?? null);
      if (!minted) return ended();
      return withCookies("fresh", minted.token, minted.issuedAt, minted.setCookies);
    } catch (error) {
      options.onUnavailable?.(error);
      // Not a tolerance for expired tokens: a revoked session still ends within its minute.
      return isUsable ? kept(found.token, found.claims) : signedOut("unavailable", []);
    }

    function kept(token: string, claims: TokenClaims | null): KeptSession {
      return withCookies("fresh", token, claims?.iat ?? 0, []);
    }

    function ended(): KeptSession {
      return signedOut("ended", clearedSessionCookies(names, isSecure));
    }

    function signedOut(state: SessionState, setCookies: string[]): KeptSession {
      return { state, cookies: withoutSession(browser.cookies, names), setCookies };
    }

    /** Both spellings, always in step: the SDK starts a handshake over any disagreement. */
    function withCookies(
      state: SessionState,
      token: string,
      issuedAt: number,
      setCookies: string[],
    ) {
      const cookies = withoutSession(browser.cookies, names);
      for (const name of names.session) cookies.set(name, token);
      for (const name of names.clientUpdatedAt) cookies.set(name, String(issuedAt));
      return { state, cookies, setCookies };
    }
  };
}

/** Requests of one browser that arrive together get one token between them. */
function createSharedMint(
  env: ClerkEnv,
  names: ClerkCookieNames,
  isSecure: boolean,
  seconds: () => number,
) {
  const shared = new Map<string, { minted: Promise<Minted>; until: number }>();

  return function mint(
    browser: Browser,
    client: string,
    sessionId: string | null,
  ): Promise<Minted> {
    for (const [key, entry] of shared) if (entry.until <= seconds()) shared.delete(key);

    // The key holds the client cookie, so a token is only ever shared with the browser it is for.
    const key = `${client} ${sessionId ?? ""}`;
    const running = shared.get(key);
    if (running) return running.minted;

    const entry = { minted: ask(browser, sessionId), until: Number.POSITIVE_INFINITY };
    shared.set(key, entry);
    entry.minted.then(
      (minted) => {
        const expiry = minted ? (peekToken(minted.token)?.exp ?? 0) : 0;
        entry.until = Math.min(seconds() + SHARE_FOR, expiry - RENEW_BELOW);
      },
      () => shared.delete(key),
    );
    return entry.minted;
  };

  async function ask(browser: Browser, sessionId: string | null): Promise<Minted> {
    const clerk = createClerkFrontend(env, browser);
    const session = sessionId ?? (await findActiveSession(clerk));
    const token = session && (await mintToken(clerk, session));
    if (!token) return null;

    const issuedAt = peekToken(token)?.iat ?? Math.floor(seconds());
    const own = sessionCookies(names, token, issuedAt, isSecure);
    const ownNames = new Set(own.map((setCookie) => parseSetCookie(setCookie).name));
    const relayed = clerk
      .setCookies()
      .filter((setCookie) => !ownNames.has(parseSetCookie(setCookie).name));
    return { token, issuedAt, setCookies: [...relayed, ...own] };
  }
}

function findSession(cookies: ReadonlyMap<string, string>, names: ClerkCookieNames) {
  // The suffixed cookie is surely ours; the plain one may be of another project on localhost.
  const pick = ([plain, suffixed]: readonly [string, string]) =>
    cookies.get(suffixed) ?? cookies.get(plain);
  const token = pick(names.session) ?? "";
  return {
    token,
    claims: peekToken(token),
    changedAt: Number(pick(names.clientUpdatedAt) ?? 0) || 0,
    client: cookies.get(names.client),
  };
}

/**
 * Also drops what would make the SDK refresh or hand-shake by itself: that ends in a redirect,
 * which a posted form does not survive, and lets anybody put a token into the address.
 */
function withoutSession(cookies: ReadonlyMap<string, string>, names: ClerkCookieNames) {
  const rest = [...cookies].filter(
    ([name]) => !/^__(session|client_uat|clerk|refresh)(_|$)/.test(name) && name !== names.client,
  );
  const client = cookies.get(names.client);
  return new Map(client ? [...rest, [names.client, client] as const] : rest);
}
