import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData, useParams } from "@remix-run/react";

import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { EmptyInbox } from "~/features/messages/empty-inbox";
import { formatSpanSince } from "~/lib/format-span";
import { InboxFilter } from "~/features/messages/inbox-filter";
import { InboxList } from "~/features/messages/inbox-list";
import { readInbox } from "~/features/messages/inbox.server";
import { useOwnOutboxOnly } from "~/features/messages/use-outbox";
import { requireOnboarded } from "~/lib/auth.server";
import { cn } from "~/lib/class-names";
import { localDay } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { readPage } from "~/lib/params.server";
import { messagesPath } from "~/lib/paths";
import { readTimeZone } from "~/lib/time-zone.server";

export const meta: MetaFunction = () => [{ title: pageTitle("Messages") }];

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await requireOnboarded(args);
  const { timeZone } = readTimeZone(args.request, viewer);
  const page = readPage(args.request);
  const isWaiting = new URL(args.request.url).searchParams.has("waiting");
  const now = new Date();
  const shown = { page, isWaiting, timeZone, today: localDay(now, timeZone) };
  if (!viewer.signedIn) return { ...shown, viewerId: null, threads: null, hasNext: false };

  const { threads, hasNext } = await readInbox(viewer.db, page, isWaiting);
  return {
    ...shown,
    viewerId: viewer.profile.id,
    threads: threads.map((thread) => ({
      ...thread,
      waited: thread.waiting_since ? formatSpanSince(thread.waiting_since, now) : null,
    })),
    hasNext,
  };
}

/** The inbox, and beside it the thread that is open; on phones one or the other. */
export default function MessagesRoute() {
  const { viewerId, threads, hasNext, page, isWaiting, timeZone, today } =
    useLoaderData<typeof loader>();
  const { conversationId } = useParams();
  useOwnOutboxOnly(viewerId);
  const Heading = conversationId ? "h2" : "h1";

  if (!threads) return <SignedOutMessages />;
  if (threads.length === 0 && page === 1 && !isWaiting && !conversationId) return <EmptyInbox />;
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto w-full max-w-page outline-none sm:px-8 sm:py-8 lg:grid lg:h-[max(34rem,calc(100svh-4.5rem))] lg:grid-cols-[22rem_minmax(0,1fr)] lg:gap-6"
    >
      <section
        aria-labelledby="inbox-heading"
        className={cn(
          "min-h-0 flex-col border-b bg-card sm:rounded-lg sm:border lg:flex",
          conversationId ? "hidden" : "flex",
        )}
      >
        <Heading id="inbox-heading" className="border-b px-4 py-4 text-display-sm">
          Messages
        </Heading>
        <InboxFilter isWaiting={isWaiting} />
        <div className="min-h-0 overflow-y-auto">
          {threads.length === 0 && isWaiting ? (
            <p className="p-4 text-muted-foreground">Nobody waits for your answer.</p>
          ) : null}
          <InboxList
            threads={threads}
            timeZone={timeZone}
            today={today}
            place={{ page, isWaiting }}
            openId={conversationId}
          />
          <div className="px-4 pb-4">
            <Pagination
              page={page}
              hasNext={hasNext}
              toPage={(to) => messagesPath(to, { isWaiting })}
            />
          </div>
        </div>
      </section>
      <section
        aria-label="Conversation"
        className={cn(
          "h-[calc(100svh-8rem)] min-h-[26rem] flex-col bg-card sm:rounded-lg sm:border lg:flex lg:h-auto lg:min-h-0",
          conversationId ? "flex" : "hidden",
        )}
      >
        <Outlet />
      </section>
    </main>
  );
}

/** For somebody who was signed out while writing: what they wrote, and no list. */
function SignedOutMessages() {
  return (
    <Page width="narrow">
      <PageHeader title="Your message" />
      <div className="rounded-lg border bg-card">
        <Outlet />
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
