import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { PageHeader, Section } from "~/components/page";
import { Row, RowList } from "~/components/row-list";
import { AvailabilityNavigation } from "~/features/availability/availability-navigation";
import { TravelSchema } from "~/features/availability/plan-schemas";
import { addTravel, findTravel } from "~/features/availability/plans.server";
import { RemoveButton } from "~/features/availability/remove-button";
import { TravelForm } from "~/features/availability/travel-form";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { formatZone } from "~/lib/format-date";
import { formatDayName } from "~/lib/format-day";
import { pageTitle } from "~/lib/page-title";
import { coachTravelPath, removeTravelPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Travel") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId, timeZone } = await requirePractice(args);
  const trips = coachId ? await findTravel(viewer.db, coachId) : [];
  return {
    home: timeZone,
    trips: trips.map((trip) => ({
      ...trip,
      zone: formatZone(`${trip.first_day}T12:00:00Z`, trip.time_zone),
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: TravelSchema });
  return answerForm(args, submission, {
    save: addTravel,
    fieldByCode: { OATRP: "last_day", UPZON: "time_zone" },
    done: {
      path: coachTravelPath(),
      flash: {
        kind: "success",
        title: "Your hours travel with you.",
        description: "Sessions that are booked already stay at their moment.",
      },
    },
  });
}

export default function TravelRoute() {
  const { home, trips } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        title="Travel"
        lead="On these days your hours are wall time where you are: nine in the morning there, not at home."
      />
      <AvailabilityNavigation />
      <TravelForm
        key={trips.map(({ id }) => id).join(" ")}
        home={home}
        lastResult={useActionData<typeof action>()}
      />
      <Section title="Trips" className="mt-14">
        {trips.length === 0 ? (
          <EmptyState title="You stay at home">
            Away in another time zone for a while? Say where, and your hours go along.
          </EmptyState>
        ) : (
          <RowList>
            {trips.map((trip) => {
              const from = formatDayName(trip.first_day).full;
              const to = formatDayName(trip.last_day).full;
              return (
                <Row
                  key={trip.id}
                  title={from === to ? from : `${from} – ${to}`}
                  trail={<RemoveButton action={removeTravelPath(trip.id)} name={from} />}
                >
                  <span suppressHydrationWarning>{trip.zone}</span>
                </Row>
              );
            })}
          </RowList>
        )}
      </Section>
    </DeskFormPage>
  );
}
