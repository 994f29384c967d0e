import { clerkCookieNames, parseSetCookie } from "../../app/lib/clerk-cookies.server.ts";
import { createClerkFrontend, type Browser } from "../../app/lib/clerk-frontend.server.ts";
import { testEnv } from "../../app/server/test-env.ts";
import { openBrowser, signUp, startForTest } from "../../emulators/clerk/testing.ts";

/**
 * A Clerk instance, and the site's environment pointing to it.
 *
 * @param settings as in Clerk's Dashboard
 */
export async function startClerk(settings: Parameters<typeof startForTest>[0] = {}) {
  const service = await startForTest(settings);
  const env = testEnv({ CLERK_API_URL: service.url, CLERK_FAPI_URL: service.url });
  const names = clerkCookieNames(env.CLERK_PUBLISHABLE_KEY);

  /** Somebody who has just signed up, as their browser's cookies would be on our site. */
  async function signedIn(email: string) {
    const browser = openBrowser(service);
    const { body } = await signUp(service, browser, email);
    const sessions = (body.client as { sessions: ClientSession[] }).sessions;
    const [session] = sessions;
    if (!session?.last_active_token) throw new Error("no session was made");
    const cookies = new Map(browser.cookies);
    for (const name of names.session) cookies.set(name, session.last_active_token.jwt);
    return { cookies, sessionId: session.id, token: session.last_active_token.jwt };
  }

  return {
    service,
    env,
    names,
    signedIn,
    clerk: (cookies = new Map<string, string>()) => createClerkFrontend(env, browserWith(cookies)),
  };
}

type ClientSession = { id: string; last_active_token: { jwt: string } | null };

/** A browser as the site sees it. */
export function browserWith(cookies: ReadonlyMap<string, string>): Browser {
  return { cookies, ip: "203.0.113.7", userAgent: "test" };
}

/**
 * A token of the session that ended before now. The site only peeks at it, so it needs no signature.
 *
 * @param token a token of the session
 * @param secondsLeft until it ends; negative when it has ended
 */
export function agedToken(token: string, secondsLeft: number): string {
  const claims = JSON.parse(
    Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
  ) as object;
  const exp = Math.floor(Date.now() / 1000) + secondsLeft;
  const aged = { ...claims, iat: exp - 60, nbf: exp - 70, exp };
  return `e30.${Buffer.from(JSON.stringify(aged)).toString("base64url")}.unsigned`;
}

/** What a list of `Set-Cookie` headers leaves in a browser. */
export function cookiesSet(setCookies: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    setCookies.map((setCookie) => {
      const { name, value } = parseSetCookie(setCookie);
      return [name, value];
    }),
  );
}
