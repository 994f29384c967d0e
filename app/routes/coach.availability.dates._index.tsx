import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { PageHeader, Section } from "~/components/page";
import { Row, RowList } from "~/components/row-list";
import { AvailabilityNavigation } from "~/features/availability/availability-navigation";
import { OverrideForm } from "~/features/availability/override-form";
import { OverrideSchema } from "~/features/availability/plan-schemas";
import { findOverrides, saveOverride } from "~/features/availability/plans.server";
import { RemoveButton } from "~/features/availability/remove-button";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { formatDayName } from "~/lib/format-day";
import { pageTitle } from "~/lib/page-title";
import { coachOverridesPath, removeOverridePath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Single dates") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  return { overrides: coachId ? await findOverrides(viewer.db, coachId) : [] };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: OverrideSchema });
  return answerForm(args, submission, {
    save: saveOverride,
    fieldByCode: { OADAY: "day", OAHRS: "from_1" },
    done: { path: coachOverridesPath(), flash: { kind: "success", title: "The date is saved." } },
  });
}

export default function OverridesRoute() {
  const { overrides } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        title="Single dates"
        lead="A date with other hours than its weekday, or none: a holiday, a conference, a Saturday you add."
      />
      <AvailabilityNavigation />
      <OverrideForm
        key={overrides.map(({ day, hours }) => `${day} ${hours.join(" ")}`).join("; ")}
        lastResult={useActionData<typeof action>()}
      />
      <Section title="Dates of their own" className="mt-14">
        {overrides.length === 0 ? (
          <EmptyState title="Every date is like its weekday">
            What you save above is listed here until the date is over.
          </EmptyState>
        ) : (
          <RowList>
            {overrides.map(({ day, hours }) => (
              <Row
                key={day}
                title={formatDayName(day).full}
                trail={
                  <RemoveButton action={removeOverridePath(day)} name={formatDayName(day).full} />
                }
              >
                {hours.length > 0 ? hours.join(", ") : "Closed all day"}
              </Row>
            ))}
          </RowList>
        )}
      </Section>
    </DeskFormPage>
  );
}
