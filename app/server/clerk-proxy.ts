import {
  clerkCookiesOf,
  readCookies,
  relaySetCookie,
  writeCookies,
} from "../lib/clerk-cookies.server.ts";
import { proxyHeaders, type ClerkEnv } from "../lib/clerk-frontend.server.ts";
import { signInWithGoogleCallbackPath } from "../lib/paths.ts";

/** Where the site stands in for Clerk's Frontend API. Not a Remix route: it must not need a session. */
export const CLERK_PROXY_PATH = "/__clerk/";

/** Where Google sends people, for Clerk to pass them on to our own callback. */
const GOOGLE_RETURNS_TO = `${CLERK_PROXY_PATH}v1/oauth_callback`;

const PASSED_ON = ["accept", "accept-language", "content-type", "origin", "user-agent"];
const PASSED_BACK = ["cache-control", "content-type", "location", "retry-after"];

/** Long enough for Google to answer Clerk in between. Milliseconds. */
const TIMEOUT = 15_000;

/**
 * Passes a request on to Clerk's Frontend API. Clerk checks that this works before it accepts
 * our domain, and providers such as Google return people through it.
 *
 * @param env where Clerk is
 * @param request the browser's request, its address below `CLERK_PROXY_PATH`
 * @param clientIp the browser's address
 * @returns Clerk's answer, its cookies made ours; 502 when there is none
 */
export async function proxyToClerk(
  env: ClerkEnv,
  request: Request,
  clientIp: string,
): Promise<Response> {
  const response = await passOn(env, request, clientIp);
  if (response.status < 400) return response;

  // A person sees this, not a program. Our callback finds out what is the matter and says so.
  return new URL(request.url).pathname === GOOGLE_RETURNS_TO
    ? new Response(null, { status: 303, headers: { Location: signInWithGoogleCallbackPath() } })
    : response;
}

async function passOn(env: ClerkEnv, request: Request, clientIp: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = proxyHeaders(env, clientIp);
  for (const name of PASSED_ON) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const cookies = writeCookies(clerkCookiesOf(readCookies(request.headers.get("Cookie"))));
  if (cookies) headers.set("Cookie", cookies);

  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  let answer: Response;
  try {
    answer = await fetch(
      `${env.CLERK_FAPI_URL}/${pathname.slice(CLERK_PROXY_PATH.length)}${search}`,
      {
        method: request.method,
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT),
        ...(hasBody ? { body: await request.arrayBuffer() } : {}),
      },
    );
  } catch {
    return new Response(null, { status: 502 });
  }

  const response = new Response(answer.body, { status: answer.status });
  for (const name of PASSED_BACK) {
    const value = answer.headers.get(name);
    if (value !== null) response.headers.set(name, value);
  }
  for (const setCookie of answer.headers.getSetCookie()) {
    response.headers.append(
      "Set-Cookie",
      relaySetCookie(setCookie, env.APP_ORIGIN.startsWith("https:")),
    );
  }
  return response;
}
