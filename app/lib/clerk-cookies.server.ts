import { createHash } from "node:crypto";

/** How long a browser keeps the session. Clerk ends sessions earlier; this only caps the cookie. Seconds. */
const COOKIE_LIFE = 365 * 24 * 60 * 60;

/** The cookies Clerk's SDK reads, in both spellings: it wants them to agree. */
export type ClerkCookieNames = {
  session: readonly [plain: string, suffixed: string];
  clientUpdatedAt: readonly [plain: string, suffixed: string];
  /** Names the browser to Clerk. The SDK never reads it; minting a token needs it. */
  client: string;
};

/**
 * @param publishableKey the instance's key; the suffix is derived from it as Clerk does it
 * @returns the names of the cookies of that instance
 */
export function clerkCookieNames(publishableKey: string): ClerkCookieNames {
  const suffix = createHash("sha1").update(publishableKey).digest("base64url").slice(0, 8);
  return {
    session: ["__session", `__session_${suffix}`],
    clientUpdatedAt: ["__client_uat", `__client_uat_${suffix}`],
    client: "__client",
  };
}

/**
 * @param header a `Cookie` header, or null
 * @returns names and values as sent, not decoded; of two with one name the first wins, as in browsers
 */
export function readCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header?.split(";") ?? []) {
    const pair = part.trim();
    const equals = pair.indexOf("=");
    if (equals < 1) continue;
    const name = pair.slice(0, equals);
    if (!cookies.has(name)) cookies.set(name, pair.slice(equals + 1));
  }
  return cookies;
}

/**
 * @param cookies names and values
 * @returns a `Cookie` header, empty when there are none
 */
export function writeCookies(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

/**
 * @param cookies all cookies of a request
 * @returns those that are Clerk's: it gets no others from us
 */
export function clerkCookiesOf(cookies: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...cookies].filter(([name]) => /^__(client|session|clerk)/.test(name)));
}

/**
 * Makes a cookie of Clerk's our own: of this host only and out of reach of scripts, which is
 * stricter than Clerk's default and possible because no script of ours needs it.
 *
 * @param setCookie a `Set-Cookie` header of the Frontend API
 * @param isSecure whether the site is on https
 * @returns the header to send to the browser
 */
export function relaySetCookie(setCookie: string, isSecure: boolean): string {
  const [pair = "", ...attributes] = setCookie.split(";").map((part) => part.trim());
  const lifetime = attributes.filter((attribute) => /^(max-age|expires)=/i.test(attribute));
  return [
    pair,
    "Path=/",
    ...lifetime,
    "HttpOnly",
    "SameSite=Lax",
    ...(isSecure ? ["Secure"] : []),
  ].join("; ");
}

/**
 * @param setCookie a `Set-Cookie` header
 * @returns the cookie's name and value, the value null when the header deletes it
 */
export function parseSetCookie(setCookie: string): { name: string; value: string | null } {
  const [pair = "", ...attributes] = setCookie.split(";").map((part) => part.trim());
  const equals = pair.indexOf("=");
  const value = pair.slice(equals + 1);
  const isGone = attributes.some((attribute) => {
    const [key = "", argument = ""] = attribute.split("=");
    if (key.toLowerCase() === "max-age") return Number(argument) <= 0;
    return key.toLowerCase() === "expires" && Date.parse(argument) <= Date.now();
  });
  return { name: pair.slice(0, equals), value: isGone || value === "" ? null : value };
}

/**
 * The cookies that make a browser signed in.
 *
 * @param names the instance's cookie names
 * @param token the session token
 * @param issuedAt when it was issued; Unix seconds
 * @param isSecure whether the site is on https
 * @returns `Set-Cookie` headers
 */
export function sessionCookies(
  names: ClerkCookieNames,
  token: string,
  issuedAt: number,
  isSecure: boolean,
): string[] {
  return [
    ...names.session.map((name) => ownCookie(name, token, COOKIE_LIFE, isSecure)),
    ...names.clientUpdatedAt.map((name) =>
      ownCookie(name, String(issuedAt), COOKIE_LIFE, isSecure),
    ),
  ];
}

/**
 * The cookies that make a browser signed out. `__client` stays, so that the device stays trusted.
 *
 * @param names the instance's cookie names
 * @param isSecure whether the site is on https
 * @returns `Set-Cookie` headers
 */
export function clearedSessionCookies(names: ClerkCookieNames, isSecure: boolean): string[] {
  return [...names.session, ...names.clientUpdatedAt].map((name) =>
    ownCookie(name, "", 0, isSecure),
  );
}

function ownCookie(name: string, value: string, maxAge: number, isSecure: boolean): string {
  return relaySetCookie(`${name}=${value}; Max-Age=${maxAge}`, isSecure);
}
