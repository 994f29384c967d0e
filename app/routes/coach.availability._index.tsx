import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { PageHeader, Section } from "~/components/page";
import { Button } from "~/components/ui/button";
import { AvailabilityNavigation } from "~/features/availability/availability-navigation";
import { ruleWords } from "~/features/availability/booking-rules";
import { blockFields, WeeklyHoursSchema, weekValues } from "~/features/availability/weekly-hours";
import { WeeklyHoursForm } from "~/features/availability/weekly-hours-form";
import { findAvailability, saveWeeklyHours } from "~/features/availability/weekly-hours.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { formatZone } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { coachBookingRulesPath, coachDeskPath, coachProfilePath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Weekly hours") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  if (!coachId) return { zone: null, values: {}, rules: null };

  const { timeZone, hours, rules } = await findAvailability(viewer.db, coachId);
  return { zone: formatZone(new Date(), timeZone), values: weekValues(hours), rules };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: WeeklyHoursSchema });
  return answerForm(args, submission, {
    save: saveWeeklyHours,
    // Beside the day that is wrong; a week without any hours is nobody's fault but the week's.
    fieldByCode: {
      OAHRS: ({ detail }) => (detail ? blockFields(Number(detail), 1).to : undefined),
    },
    done: { path: coachDeskPath(), flash: { kind: "success", title: "Your hours are saved." } },
  });
}

export default function WeeklyHoursRoute() {
  const { zone, values, rules } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        title="Weekly hours"
        lead={
          <>
            When clients may book you, every week.{" "}
            {zone ? (
              <>
                Hours are in <strong className="text-foreground">{zone}</strong>, the zone of{" "}
                <a href={coachProfilePath()} className="text-link">
                  your profile
                </a>
                ; clients see them in theirs.
              </>
            ) : null}
          </>
        }
      />
      <AvailabilityNavigation />
      <WeeklyHoursForm lastResult={useActionData<typeof action>()} defaultValue={values} />
      {rules ? (
        <Section
          title="How you can be booked"
          className="mt-14"
          action={
            <Button asChild variant="outline" size="sm">
              <a href={coachBookingRulesPath()}>Change</a>
            </Button>
          }
        >
          <ul className="space-y-1.5 text-muted-foreground">
            {ruleWords(rules).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Section>
      ) : null}
    </DeskFormPage>
  );
}
