import { readCookies, parseSetCookie, writeCookies } from "../lib/clerk-cookies.server.ts";
import type { Env } from "../lib/env.server.ts";
import { loggedPath } from "../lib/logged-path.ts";
import type { Logger } from "../lib/logger.server.ts";
import { newRequestId, REQUEST_ID_HEADER } from "../lib/request-id.ts";
import { newNonce, securityHeaders } from "../lib/security-headers.server.ts";
import { CLERK_PROXY_PATH, proxyToClerk } from "./clerk-proxy.ts";
import { clientAddress, dropProxyHeaders } from "./client-address.ts";
import type { LoadContext } from "./load-context.ts";
import { plainPage } from "./plain-page.ts";
import { largestBodyAt, readBodyWithin } from "./request-body.ts";
import { createSessionKeeper } from "./session-keeper.ts";
import { siteAddress, withoutTrailingSlash } from "./site-address.ts";

export type HandlerParts = {
  env: Env;
  mode: "development" | "production";
  log: Logger;
  /** Remix: everything below this handler. */
  application: (request: Request, context: LoadContext) => Promise<Response>;
};

/**
 * What anybody may send, from wherever: a mail program that stops mails in one click has neither a page of
 * ours nor a cookie (RFC 8058 §3.2). The address is the right to do it, and who is signed in matters not.
 */
const OPEN_TO_ALL = /^\/unsubscribe\/[\w-]+$/;

/** Answers one request. `socketAddress` is who opened the connection, a proxy perhaps. */
export type Handler = (request: Request, socketAddress: string | undefined) => Promise<Response>;

/** What is known of the request being answered. */
type Visit = { address: URL; context: LoadContext };

/**
 * Everything that happens around Remix, as one function from Request to Response, so that the
 * Node server, the dev server and a serverless function behave the same.
 *
 * @param parts what it works with
 * @returns the handler
 */
export function createHandler(parts: HandlerParts): Handler {
  const { env, log } = parts;
  const keepSession = createSessionKeeper(env, {
    onUnavailable: (error) => log.error({ err: error }, "session could not be renewed"),
  });
  const isDocument = (visit: Visit) => !visit.address.pathname.endsWith(".data");

  return async function handle(request, socketAddress) {
    const startedAt = performance.now();
    const visit: Visit = {
      address: siteAddress(request.url, env.APP_ORIGIN),
      context: {
        cspNonce: newNonce(),
        requestId: newRequestId(),
        clientIp: clientAddress(request.headers, socketAddress, env.TRUST_PROXY),
        method: request.method,
        session: "none",
        embedsCalendly: false,
        logFields: {},
      },
    };

    let response: Response;
    try {
      response = refuse(request, visit) ?? (await answer(request, visit));
    } catch (error) {
      log.error({ err: error, requestId: visit.context.requestId }, "request failed");
      response = page(visit, 500, "Something went wrong", "It is our fault. Please try again.");
    }

    response = finish(response, visit);
    log.info(
      {
        requestId: visit.context.requestId,
        method: request.method,
        path: loggedPath(visit.address.pathname),
        status: response.status,
        durationMs: Math.round(performance.now() - startedAt),
        ...visit.context.logFields,
      },
      "request",
    );
    return response;
  };

  /** What is turned away, or sent elsewhere, before anything is read. */
  function refuse(request: Request, visit: Visit): Response | null {
    const { method } = visit.context;
    const isProxied = visit.address.pathname.startsWith(CLERK_PROXY_PATH);
    const isRead = method === "GET" || method === "HEAD";

    if (!isRead && method !== "POST" && !isProxied) {
      const response = page(visit, 405, "Not possible", "This address can't be used like that.");
      response.headers.set("Allow", "GET, HEAD, POST");
      return response;
    }
    // Browsers send Origin with every form. A missing or foreign one is another site's doing.
    const isOpen = OPEN_TO_ALL.test(visit.address.pathname);
    if (!isRead && !isOpen && request.headers.get("Origin") !== env.APP_ORIGIN) {
      const { requestId } = visit.context;
      log.warn(
        { requestId, event: "origin_refused", path: visit.address.pathname },
        "origin refused",
      );
      const text = `This form was sent from another site, so nothing was done. Please open ${env.APP_ORIGIN} and try again.`;
      return page(visit, 403, "Not accepted", text);
    }
    const canonical = isRead && !isProxied ? withoutTrailingSlash(visit.address) : null;
    return canonical && new Response(null, { status: 308, headers: { Location: canonical.href } });
  }

  async function answer(received: Request, visit: Visit): Promise<Response> {
    const { address, context } = visit;
    const body = await readBodyWithin(received, largestBodyAt(address.pathname));
    if (body === "too-large") {
      return page(
        visit,
        413,
        "Too large",
        "What you sent is larger than we accept. Nothing was saved.",
      );
    }

    const headers = new Headers(received.headers);
    dropProxyHeaders(headers);
    // Remix compares Origin with Host; behind a proxy the latter is often an internal name.
    headers.set("Host", address.host);
    if (OPEN_TO_ALL.test(address.pathname)) headers.delete("Origin");

    const proxied = new Request(address, { method: context.method, headers, body });
    if (address.pathname.startsWith(CLERK_PROXY_PATH)) {
      return proxyToClerk(env, proxied, context.clientIp);
    }

    const session = await keepSession({
      cookies: readCookies(headers.get("Cookie")),
      ip: context.clientIp,
      userAgent: headers.get("User-Agent"),
    });
    context.session = session.state;
    if (session.cookies.size > 0) headers.set("Cookie", writeCookies(session.cookies));
    else headers.delete("Cookie");

    const request = new Request(address, {
      method: context.method,
      headers,
      body,
      signal: received.signal,
    });
    return withCookies(await parts.application(request, context), session.setCookies);
  }

  function page(visit: Visit, status: number, title: string, text: string): Response {
    const { requestId, cspNonce } = visit.context;
    return plainPage({ status, title, text, requestId, nonce: cspNonce });
  }

  function finish(response: Response, visit: Visit): Response {
    const { context } = visit;
    const headers = new Headers(response.headers);
    headers.set(REQUEST_ID_HEADER, context.requestId);
    const policy = securityHeaders({
      nonce: context.cspNonce,
      isSecure: env.APP_ORIGIN.startsWith("https:"),
      allowsInjectedStyles: parts.mode === "development",
      projectOrigin: new URL(env.SUPABASE_URL).origin,
      formTargets: formTargets(env),
      embed: context.embedsCalendly
        ? { scriptUrl: env.CALENDLY_WIDGET_URL, origin: new URL(env.CALENDLY_ORIGIN).origin }
        : null,
    });
    for (const [name, value] of Object.entries(policy)) headers.set(name, value);

    // A page that knows its reader, or hands out a cookie, is nobody else's.
    const caching = headers.get("Cache-Control");
    if (!caching || (headers.has("Set-Cookie") && /public|s-maxage/.test(caching))) {
      headers.set("Cache-Control", "private, no-cache");
    }
    // A 302 after a form post leaves it to the browser whether to post again; 303 does not.
    const isRedirectAfterPost =
      context.method === "POST" && isDocument(visit) && [301, 302].includes(response.status);
    return new Response(response.body, {
      status: isRedirectAfterPost ? 303 : response.status,
      headers,
    });
  }
}

/** Cookies of the application win: a sign-out must not be undone by the token it came with. */
function withCookies(response: Response, setCookies: readonly string[]): Response {
  const own = new Set(response.headers.getSetCookie().map((header) => parseSetCookie(header).name));
  const added = setCookies.filter((header) => !own.has(parseSetCookie(header).name));
  if (added.length === 0) return response;

  const headers = new Headers(response.headers);
  for (const setCookie of added) headers.append("Set-Cookie", setCookie);
  return new Response(response.body, { status: response.status, headers });
}

/**
 * Browsers hold the redirects after a form to the same rule as the form. "Continue with Google" is
 * a form (why: routes/sign-in_.google.ts) whose redirects lead to the consent page, on some ways
 * through Clerk, and back to us when Google need not ask.
 */
function formTargets(env: Env): string[] {
  const consent = ["https://accounts.google.com", new URL(env.CLERK_FAPI_URL).origin];
  const payment = env.STRIPE_API_BASE
    ? [new URL(env.STRIPE_API_BASE).origin]
    : ["https://checkout.stripe.com", "https://billing.stripe.com", "https://connect.stripe.com"];
  // A form too, for the same reason: it begins an attempt.
  const calendar = new URL(env.CALENDLY_AUTH_BASE).origin;
  return [...consent, ...payment, calendar];
}
