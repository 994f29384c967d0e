import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData, useRouteLoaderData } from "@remix-run/react";
import MessageSquare from "lucide-react/icons/message-square";

import { Page, PageHeader, Section } from "~/components/page";
import { Button } from "~/components/ui/button";
import { WeekLinks } from "~/features/availability/week-links";
import { findNextOfCoach } from "~/features/bookings/bookings.server";
import { CoachCalendar } from "~/features/bookings/coach-calendar";
import { calendarWeek, listCoachSessions } from "~/features/bookings/coach-week.server";
import { NextSession } from "~/features/bookings/next-session";
import { listCoachDates } from "~/features/groups/coach-dates.server";
import { NextDate } from "~/features/groups/next-date";
import { ApplicationSteps } from "~/features/practice/application-steps";
import { requirePractice } from "~/features/practice/require-practice.server";
import { formatZone } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { coachDeskPath, coachPath, messagesPath, signInPath } from "~/lib/paths";
import type { loader as rootLoader } from "~/root";
import type { loader as deskLoader } from "~/routes/coach";

export const meta: MetaFunction = () => [{ title: pageTitle("Coach desk") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId, timeZone } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachDeskPath())); // no form here, so nothing is lost

  const wanted = new URL(args.request.url).searchParams.get("week");
  const week = calendarWeek(wanted, timeZone, new Date());
  const [sessions, dates, next] = await Promise.all([
    listCoachSessions(viewer.db, coachId, week),
    listCoachDates(viewer.db, week),
    findNextOfCoach(viewer.db),
  ]);
  return {
    week,
    sessions: [...sessions, ...dates].sort((one, other) =>
      one.startsAt.localeCompare(other.startsAt),
    ),
    next,
    timeZone,
    name: viewer.profile?.first_name,
  };
}

export default function CoachCalendarRoute() {
  const { week, sessions, next, timeZone, name } = useLoaderData<typeof loader>();
  const progress = useRouteLoaderData<typeof deskLoader>("routes/coach")?.progress;
  const unreadCount = useRouteLoaderData<typeof rootLoader>("root")?.viewer?.unreadCount ?? 0;

  return (
    <Page>
      <PageHeader
        title={name ? `Good to see you, ${name}` : "Coach desk"}
        actions={
          <>
            {unreadCount > 0 ? (
              <Button asChild variant="lamp">
                <a href={messagesPath()}>
                  <MessageSquare aria-hidden />
                  {unreadCount === 1 ? "1 new message" : `${unreadCount} new messages`}
                </a>
              </Button>
            ) : null}
            {progress?.status === "approved" ? (
              <Button asChild variant="outline">
                <a href={coachPath(progress.slug)}>See your public page</a>
              </Button>
            ) : null}
          </>
        }
      />
      <div className="space-y-12">
        {progress?.status === "draft" ? <ApplicationSteps missing={progress.missing} /> : null}
        {!next ? null : next.booking_id === null ? (
          <NextDate date={next} timeZone={timeZone} />
        ) : (
          <NextSession session={next} timeZone={timeZone} />
        )}
        <Section>
          <div className="mb-5">
            <WeekLinks
              week={{
                firstDay: week.days[0]!,
                lastDay: week.days[6]!,
                previous: week.previous,
                next: week.next,
              }}
              toWeek={coachDeskPath}
            />
          </div>
          <CoachCalendar week={week} sessions={sessions} timeZone={timeZone} />
          <p
            className="mt-3 text-[0.9375rem] text-muted-foreground"
            suppressHydrationWarning // zones are renamed between versions of ICU
          >
            Times are in {formatZone(week.from, timeZone)}.
          </p>
        </Section>
      </div>
    </Page>
  );
}
