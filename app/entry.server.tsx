import { PassThrough } from "node:stream";

import {
  createReadableStreamFromReadable,
  type ActionFunctionArgs,
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";

import { loggedPath } from "~/lib/logged-path";
import { getLogger } from "~/lib/logger.server";
import { RequestContextProvider } from "~/lib/request-context";

// A page that takes longer than this is abandoned: the person sees the error page.
const RENDER_TIMEOUT_MS = 10_000;

export const streamTimeout = RENDER_TIMEOUT_MS;

/**
 * Renders the document. It is sent once complete: a shell whose gaps are filled by scripts would
 * stay a shell for people without them.
 */
export default function handleRequest(
  request: Request,
  responseStatusCode: number,
  responseHeaders: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { cspNonce: nonce, requestId } = loadContext;

  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <RequestContextProvider value={{ nonce, requestId }}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} />
      </RequestContextProvider>,
      {
        nonce,
        onAllReady() {
          clearTimeout(timeout);
          const body = new PassThrough();
          responseHeaders.set("Content-Type", "text/html; charset=utf-8");
          resolve(
            new Response(createReadableStreamFromReadable(body), {
              status: responseStatusCode,
              headers: responseHeaders,
            }),
          );
          pipe(body);
        },
        onShellError: reject,
        onError(error) {
          responseStatusCode = 500;
          logError(error, request, requestId);
        },
      },
    );
    const timeout = setTimeout(abort, RENDER_TIMEOUT_MS);
  });
}

/** Called by Remix for what a loader, an action or a render threw and nobody expected. */
export function handleError(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  // The person left before the answer was there: nothing is wrong.
  if (request.signal.aborted) return;
  logError(error, request, context.requestId);
}

function logError(error: unknown, request: Request, requestId: string | undefined): void {
  // A response that we threw on purpose (404, 403 …) is in the access log already.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  getLogger().error(
    {
      err: error,
      requestId,
      method: request.method,
      path: loggedPath(new URL(request.url).pathname),
    },
    "request failed",
  );
}
