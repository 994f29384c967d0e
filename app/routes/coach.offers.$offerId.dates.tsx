import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { TimeSpan } from "~/components/date-time";
import { EmptyState } from "~/components/empty-state";
import { PageHeader, Section } from "~/components/page";
import { Row, RowList } from "~/components/row-list";
import { Button } from "~/components/ui/button";
import { DateTile } from "~/features/bookings/date-tile";
import { scheduleDate } from "~/features/groups/coach-dates.server";
import { DateForm } from "~/features/groups/date-form";
import { DateSchema } from "~/features/groups/date-schema";
import { listComingDates } from "~/features/groups/groups.server";
import { seatsTakenWords } from "~/features/groups/seat-words";
import { findOwnOffer } from "~/features/offers/own-offers.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { formatDuration } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { coachDatePath, coachOffersPath, offerDatesPath } from "~/lib/paths";

const ParamsSchema = z.object({ offerId: z.uuid() });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page?.offer ? `Dates of ${page.offer.title}` : "Dates") },
];

export async function loader(args: LoaderFunctionArgs) {
  const { offerId } = parseParams(args.params, ParamsSchema);
  const { viewer, coachId, timeZone } = await requirePractice(args);
  const offer = coachId ? await findOwnOffer(viewer.db, coachId, offerId) : null;
  // After a post the offer may just have been changed from another tab: the answer is in the form.
  if (offer?.kind !== "group_session" && args.context.method !== "POST") {
    throw new Response("Not found", { status: 404 });
  }
  return { offer, dates: offer ? await listComingDates(viewer.db, offerId) : [], timeZone };
}

export async function action(args: ActionFunctionArgs) {
  const { offerId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: DateSchema });
  return answerForm(args, submission, {
    save: (db, date) => scheduleDate(db, { offerId, day: date.day, startsAt: date.starts_at }),
    fieldByCode: { OGDAY: "day", OGCLH: "starts_at" },
    done: {
      path: offerDatesPath(offerId),
      flash: {
        kind: "success",
        title: "The date is scheduled.",
        description: "Clients can take seats now, and nobody can book you for anything else then.",
      },
    },
  });
}

export default function OfferDatesRoute() {
  const { offer, dates, timeZone } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={coachOffersPath()} className="text-link">
            Your offers
          </a>
        }
        title={offer ? `Dates of “${offer.title}”` : "Dates"}
        lead={
          offer
            ? `Each lasts ${formatDuration(offer.duration_minutes)} and has ${offer.seats} seats. Times are those of the place where you are then.`
            : undefined
        }
      />
      <DateForm
        key={dates.map((date) => date.group_date_id).join(" ")}
        lastResult={useActionData<typeof action>()}
      />
      <Section title="To come" className="mt-14">
        {dates.length === 0 ? (
          <EmptyState title="No date yet">
            Schedule one above. It takes its time in your calendar, also while nobody has a seat.
          </EmptyState>
        ) : (
          <RowList>
            {dates.map((date) => (
              <Row
                key={date.group_date_id}
                lead={<DateTile instant={date.starts_at} timeZone={timeZone} />}
                title={<TimeSpan start={date.starts_at} end={date.ends_at} timeZone={timeZone} />}
                trail={
                  <Button asChild variant="outline" size="sm">
                    <a href={coachDatePath(date.group_date_id)}>Details</a>
                  </Button>
                }
              >
                {seatsTakenWords(date.seats - date.seats_left, date.seats)}
              </Row>
            ))}
          </RowList>
        )}
      </Section>
    </DeskFormPage>
  );
}
