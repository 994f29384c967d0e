import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { PageHeader } from "~/components/page";
import { AvailabilityNavigation } from "~/features/availability/availability-navigation";
import { previewAvailability } from "~/features/availability/plans.server";
import { PreviewDays } from "~/features/availability/preview-days";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { formatDuration, formatZone } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { coachPreviewPath, signInPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("The next two weeks") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachPreviewPath())); // no form here, so nothing is lost
  return { days: await previewAvailability(viewer.db) };
}

export default function PreviewRoute() {
  const { days } = useLoaderData<typeof loader>();
  const first = days[0];
  return (
    <DeskFormPage>
      <PageHeader
        title="The next two weeks"
        lead={
          first ? (
            <>
              What clients can choose for a session of {formatDuration(first.duration_minutes)}, in{" "}
              <span suppressHydrationWarning>
                {formatZone(`${first.day}T12:00:00Z`, first.time_zone)}
              </span>
              . What is booked, held or busy elsewhere is left out already.
            </>
          ) : null
        }
      />
      <AvailabilityNavigation />
      <PreviewDays days={days} />
    </DeskFormPage>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
