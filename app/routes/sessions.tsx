import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { RowList } from "~/components/row-list";
import { Button } from "~/components/ui/button";
import { listSessions } from "~/features/bookings/bookings.server";
import { NextSession } from "~/features/bookings/next-session";
import { SessionRow } from "~/features/bookings/session-row";
import { SessionTabs } from "~/features/bookings/session-tabs";
import { requireSignedIn } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { coachesPath, sessionsPath } from "~/lib/paths";
import { useRevalidateEvery } from "~/lib/use-revalidate-every";

export const meta: MetaFunction = () => [{ title: pageTitle("My sessions") }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, profile } = await requireSignedIn(args);
  const { searchParams } = new URL(args.request.url);
  const isPast = searchParams.get("show") === "past";
  const page = Math.max(1, Math.floor(Number(searchParams.get("page"))) || 1);

  const { sessions, hasNext } = await listSessions(db, { isPast, page });
  const next = isPast || page > 1 ? null : sessions.find(({ status }) => status === "confirmed");
  return {
    next: next ?? null,
    sessions: sessions.filter((session) => session !== next),
    hasNext,
    isPast,
    page,
    timeZone: profile.time_zone,
  };
}

export default function SessionsRoute() {
  const { next, sessions, hasNext, isPast, page, timeZone } = useLoaderData<typeof loader>();
  // The door of the next one opens while the page is looked at.
  useRevalidateEvery(next ? 60_000 : null);

  return (
    <Page>
      <PageHeader
        title="My sessions"
        actions={
          <Button asChild variant="outline">
            <a href={coachesPath()}>Book another</a>
          </Button>
        }
      />
      <SessionTabs current={isPast ? "past" : "coming"} />
      <div className="mt-8 space-y-8">
        {next ? <NextSession session={next} timeZone={timeZone} /> : null}
        {sessions.length > 0 ? (
          <RowList>
            {sessions.map((session) => (
              <SessionRow key={session.booking_id} session={session} timeZone={timeZone} />
            ))}
          </RowList>
        ) : next ? null : (
          <NoSessions isPast={isPast} />
        )}
      </div>
      <Pagination
        page={page}
        hasNext={hasNext}
        toPage={(other) => sessionsPath({ isPast, page: other })}
      />
    </Page>
  );
}

function NoSessions({ isPast }: { isPast: boolean }) {
  return isPast ? (
    <EmptyState title="Nothing here yet">
      <p>Sessions you have had, and times you let go, will be listed here.</p>
    </EmptyState>
  ) : (
    <EmptyState
      title="Nothing is booked"
      action={
        <Button asChild>
          <a href={coachesPath()}>Find a coach</a>
        </Button>
      }
    >
      <p>What is the next conversation you would like to have rehearsed?</p>
    </EmptyState>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
