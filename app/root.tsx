import {
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";

import { ErrorBoundary as ErrorPage } from "~/components/error-boundary";
import { FlashMessage } from "~/components/flash";
import { PRODUCT_NAME } from "~/components/logo";
import { MailStoppedBanner } from "~/components/mail-stopped";
import { SiteFooter } from "~/components/site-footer";
import { SiteHeader } from "~/components/site-header";
import { TabBar } from "~/components/tab-bar";
import { takeFlash } from "~/lib/flash.server";
import { useRequestContext } from "~/lib/request-context";
import type { RouteHandle } from "~/lib/route-handle";
import { getSiteViewer } from "~/lib/site-viewer.server";
import { readTheme } from "~/lib/theme.server";
import displayFont from "@fontsource-variable/besley/files/besley-latin-wght-normal.woff2?url";
import textFont from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import stylesheet from "~/styles/tailwind.css?url";

export const links: LinksFunction = () => [
  // Both are on every page; asked for early, they arrive before the first text is painted.
  ...[displayFont, textFont].map((href) => ({
    rel: "preload" as const,
    as: "font" as const,
    type: "font/woff2",
    href,
    crossOrigin: "anonymous" as const,
  })),
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: MetaFunction = () => [
  { title: `${PRODUCT_NAME}: coaching for real estate` },
  {
    name: "description",
    content:
      "One-to-one coaching for real estate agents and loan officers. Choose a coach, book a time in your own time zone, meet on Zoom.",
  },
];

export async function loader(args: LoaderFunctionArgs) {
  const [viewer, theme, { flash, clearCookie }] = await Promise.all([
    getSiteViewer(args),
    readTheme(args.request),
    takeFlash(args.request),
  ]);
  const headers = clearCookie ? { "Set-Cookie": clearCookie } : undefined;
  return data({ viewer, theme, flash, requestId: args.context.requestId }, { headers });
}

/** The document around every page, error pages too: the root's data may be missing here. */
export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const { nonce, requestId } = useRequestContext();
  const needsScripts = !useMatches().some(
    (match) => (match.handle as RouteHandle | undefined)?.withoutScripts,
  );
  const viewer = root?.viewer ?? null;
  const theme = root?.theme ?? null;

  return (
    <html lang="en" data-theme={theme ?? undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        {requestId ? <meta name="request-id" content={requestId} /> : null}
        <Meta />
        <Links />
      </head>
      <body className="flex flex-col">
        <a
          href="#main"
          className="sr-only z-50 rounded-md bg-primary px-4 py-3 font-semibold text-primary-foreground focus:not-sr-only focus:absolute focus:left-4 focus:top-3"
        >
          Skip to the content
        </a>
        <SiteHeader viewer={viewer} />
        {viewer?.mailStoppedBy ? <MailStoppedBanner reason={viewer.mailStoppedBy} /> : null}
        <FlashMessage flash={root?.flash ?? null} />
        {children}
        <SiteFooter theme={theme} isSignedIn={viewer !== null} />
        {viewer ? <TabBar viewer={viewer} /> : null}
        {needsScripts ? <ScrollRestoration nonce={nonce} /> : null}
        {needsScripts ? <Scripts nonce={nonce} /> : null}
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
