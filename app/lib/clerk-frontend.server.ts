import { z } from "zod";

import {
  clerkCookiesOf,
  parseSetCookie,
  relaySetCookie,
  writeCookies,
} from "./clerk-cookies.server.ts";
import type { Env } from "./env.server.ts";

/** The version of the Frontend API this was written for; Clerk keeps old ones working. */
const API_VERSION = "2025-11-10";

/** A form post waits for at most two of these. Milliseconds. */
const CALL_TIMEOUT = 5_000;

/** The part of the environment that tells where Clerk is and who we are to it. */
export type ClerkEnv = Pick<
  Env,
  "APP_ORIGIN" | "CLERK_FAPI_URL" | "CLERK_PROXY_URL" | "CLERK_PUBLISHABLE_KEY" | "CLERK_SECRET_KEY"
>;

/** The browser on whose behalf Clerk is called: its cookies, address and name. */
export type Browser = {
  cookies: ReadonlyMap<string, string>;
  ip: string;
  userAgent: string | null;
};

/** A refusal: `meta` holds what its code promises, such as how long an account stays locked. */
export const ClerkErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  meta: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((meta) => meta ?? {}),
});

type ClerkError = z.output<typeof ClerkErrorSchema>;

export type ClerkReply =
  | { ok: true; body: unknown }
  | { ok: false; status: number; errors: ClerkError[]; retryAfterSeconds: number | null };

export type ClerkFrontend = {
  /**
   * Calls the Frontend API.
   *
   * @param path below `/v1`, beginning with a slash
   * @param form fields to post, urlencoded
   * @returns the answer, or Clerk's refusal
   * @throws ClerkUnavailableError when there is no answer, or only a 5xx
   */
  call(
    method: "GET" | "POST" | "DELETE",
    path: string,
    form?: Record<string, string>,
  ): Promise<ClerkReply>;
  /** `Set-Cookie` headers for the browser, gathered from every answer so far. */
  setCookies(): string[];
};

/** Clerk did not answer. Whatever was asked of it may be tried again later. */
export class ClerkUnavailableError extends Error {
  override name = "ClerkUnavailableError";
}

/**
 * Calls Clerk's Frontend API the way a proxy on our own domain does, so that sign-in works
 * without Clerk's script. Keep one per request: it remembers the cookies that Clerk sets, since
 * the second call of a flow must send what the first one received.
 *
 * @param env where Clerk is
 * @param browser for whom
 */
export function createClerkFrontend(env: ClerkEnv, browser: Browser): ClerkFrontend {
  const cookies = clerkCookiesOf(browser.cookies);
  const received = new Map<string, string>();
  const isSecure = env.APP_ORIGIN.startsWith("https:");

  return {
    setCookies: () => [...received.values()],

    async call(method, path, form) {
      const url = `${env.CLERK_FAPI_URL}/v1${path}?__clerk_api_version=${API_VERSION}`;
      const headers = proxyHeaders(env, browser.ip);
      headers.set("Origin", env.APP_ORIGIN);
      if (cookies.size > 0) headers.set("Cookie", writeCookies(cookies));
      if (browser.userAgent) headers.set("User-Agent", browser.userAgent);

      const response = await reach(url, {
        method,
        headers,
        ...(form ? { body: new URLSearchParams(form) } : {}),
      });

      for (const setCookie of response.headers.getSetCookie()) {
        const { name, value } = parseSetCookie(setCookie);
        received.set(name, relaySetCookie(setCookie, isSecure));
        if (value === null) cookies.delete(name);
        else cookies.set(name, value);
      }
      return readReply(response);
    },
  };
}

/**
 * The headers by which Clerk knows a proxy of ours and the real client behind it.
 *
 * @param env where Clerk is
 * @param ip the browser's address: Clerk's own limits count by it
 */
export function proxyHeaders(env: ClerkEnv, ip: string): Headers {
  return new Headers({
    "Clerk-Proxy-Url": env.CLERK_PROXY_URL,
    "Clerk-Secret-Key": env.CLERK_SECRET_KEY,
    "X-Forwarded-For": ip,
  });
}

/**
 * Reads an answer whose shape we rely on.
 *
 * @param schema the shape
 * @param body the answer
 * @throws ClerkUnavailableError when it is another shape: to us that is no answer
 */
export function readBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => issue.path.join("."));
    throw new ClerkUnavailableError(`Clerk's answer has an unexpected shape: ${paths.join(", ")}`);
  }
  return parsed.data;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.timeout(CALL_TIMEOUT),
    });
  } catch (cause) {
    throw new ClerkUnavailableError("Clerk's Frontend API did not answer", { cause });
  }
  if (response.status >= 500) {
    throw new ClerkUnavailableError(`Clerk's Frontend API answered ${response.status}`);
  }
  return response;
}

const ErrorsSchema = z.object({ errors: z.array(ClerkErrorSchema) });

async function readReply(response: Response): Promise<ClerkReply> {
  // The body can still break off after the headers came.
  const body: unknown = await response.json().catch((cause: unknown) => {
    if (response.ok) throw new ClerkUnavailableError("Clerk's answer broke off", { cause });
    return null;
  });
  if (response.ok) return { ok: true, body };

  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const parsed = ErrorsSchema.safeParse(body);
  return {
    ok: false,
    status: response.status,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
    errors: parsed.data?.errors ?? [],
  };
}
