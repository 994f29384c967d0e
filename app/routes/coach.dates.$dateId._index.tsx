import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { TimeSpan } from "~/components/date-time";
import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader, Section } from "~/components/page";
import { RowList } from "~/components/row-list";
import { findCoachDate, listSeats } from "~/features/groups/coach-dates.server";
import { DateState } from "~/features/groups/date-state";
import { SeatRow } from "~/features/groups/seat-row";
import { seatsTakenWords } from "~/features/groups/seat-words";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { coachDatePath, coachDeskPath, offerDatesPath, signInPath } from "~/lib/paths";
import { useRevalidateEvery } from "~/lib/use-revalidate-every";

const ParamsSchema = z.object({ dateId: z.uuid() });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `${page.date.offer_title}, a date` : "Not found") },
];

export async function loader(args: LoaderFunctionArgs) {
  const { dateId } = parseParams(args.params, ParamsSchema);
  const { viewer, coachId } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachDatePath(dateId))); // no form here, so nothing is lost

  const [date, seats] = await Promise.all([
    findCoachDate(viewer.db, dateId),
    listSeats(viewer.db, dateId),
  ]);
  if (!date) throw new Response("Not found", { status: 404 });
  return { dateId, date, seats, hasBegun: Date.parse(date.starts_at) <= Date.now() };
}

export default function CoachDateRoute() {
  const { dateId, date, seats, hasBegun } = useLoaderData<typeof loader>();
  useRevalidateEvery(date.called_off_at ? null : 60_000); // Seats are taken while it is looked at.
  return (
    <Page>
      <PageHeader
        above={
          <a
            href={date.offer_id ? offerDatesPath(date.offer_id) : coachDeskPath()}
            className="hover:underline"
          >
            {date.offer_id ? "All dates" : "Coach desk"}
          </a>
        }
        title={date.offer_title}
        lead={
          <>
            {seatsTakenWords(date.seats_taken, date.seats)}
            <span className="mt-2 block text-base text-foreground">
              <TimeSpan start={date.starts_at} end={date.ends_at} timeZone={date.time_zone} />
            </span>
          </>
        }
      />
      <DateState dateId={dateId} date={date} hasBegun={hasBegun} />
      <Section title="Who comes" className="mt-12">
        {seats.length === 0 ? (
          <EmptyState title="Nobody yet">
            Whoever takes a seat is listed here. They see each other’s names only if they agree.
          </EmptyState>
        ) : (
          <RowList>
            {seats.map((seat) => (
              <SeatRow key={seat.booking_id} seat={seat} />
            ))}
          </RowList>
        )}
      </Section>
    </Page>
  );
}
