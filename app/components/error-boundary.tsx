import {
  isRouteErrorResponse,
  Link,
  useLocation,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";

import { Page } from "~/components/page";
import { Button } from "~/components/ui/button";
import { describeError } from "~/lib/describe-error";
import { coachesPath, homePath, signInPath } from "~/lib/paths";
import { useRequestContext } from "~/lib/request-context";

/**
 * What a route shows when it could not do what was asked. Says what happened and what to do next,
 * for the status it came with; never what went wrong inside. `export { ErrorBoundary }` from a route.
 */
export function ErrorBoundary() {
  const error = useRouteError();
  const requestId = useRequestId();
  const { pathname, search } = useLocation();
  const { status, title, message, isOurs } = describeError(
    isRouteErrorResponse(error) ? { status: error.status, data: error.data as unknown } : null,
  );

  return (
    <Page width="narrow" className="py-16 sm:py-24">
      <p className="font-display text-display-sm tabular-nums text-muted-foreground">{status}</p>
      <h1 className="mt-2 text-display-md sm:text-display-lg">{title}</h1>
      <p className="mt-4 max-w-prose text-lg leading-relaxed text-muted-foreground">{message}</p>
      <div className="mt-8 flex flex-wrap gap-3">
        {status === 401 ? (
          <Button asChild>
            <Link to={signInPath(pathname + search)}>Sign in</Link>
          </Button>
        ) : (
          <Button asChild>
            <Link to={coachesPath()}>Find a coach</Link>
          </Button>
        )}
        <Button asChild variant="outline">
          <Link to={homePath()}>Go to the home page</Link>
        </Button>
      </div>
      {isOurs && requestId ? (
        <p className="mt-10 text-sm text-muted-foreground">
          If you write to us about this, please quote{" "}
          <code className="select-all rounded-sm bg-muted px-1.5 py-0.5 text-foreground">
            {requestId}
          </code>
        </p>
      ) : null}
    </Page>
  );
}

/** The id of the request that failed: the root's own answer to it, else the document's. */
function useRequestId(): string | undefined {
  const root = useRouteLoaderData<{ requestId?: string }>("root");
  const document = useRequestContext();
  return root?.requestId ?? document.requestId;
}
