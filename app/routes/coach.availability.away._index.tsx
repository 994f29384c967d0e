import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { PageHeader, Section } from "~/components/page";
import { Row, RowList } from "~/components/row-list";
import { AvailabilityNavigation } from "~/features/availability/availability-navigation";
import { OutOfOfficeForm } from "~/features/availability/out-of-office-form";
import { OutOfOfficeSchema } from "~/features/availability/plan-schemas";
import { wallTime } from "~/features/availability/plans";
import { addOutOfOffice, findOutOfOffice } from "~/features/availability/plans.server";
import { RemoveButton } from "~/features/availability/remove-button";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { formatDayName } from "~/lib/format-day";
import { pageTitle } from "~/lib/page-title";
import { coachOutOfOfficePath, removeOutOfOfficePath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Out of office") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  return { plans: coachId ? await findOutOfOffice(viewer.db, coachId) : [] };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: OutOfOfficeSchema });
  return answerForm(args, submission, {
    save: addOutOfOffice,
    fieldByCode: { OAOFF: "last_day", OANOT: "note" },
    done: {
      path: coachOutOfOfficePath(),
      flash: {
        kind: "success",
        title: "You are out of office then.",
        description: "Sessions that are booked already stay; cancel them yourself if you must.",
      },
    },
  });
}

export default function OutOfOfficeRoute() {
  const { plans } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        title="Out of office"
        lead="Nothing is offered while you are away, whatever your hours say. Times are those of the place where you are then."
      />
      <AvailabilityNavigation />
      <OutOfOfficeForm
        key={plans.map(({ id }) => id).join(" ")}
        lastResult={useActionData<typeof action>()}
      />
      <Section title="Planned" className="mt-14">
        {plans.length === 0 ? (
          <EmptyState title="You are here">
            A vacation or an afternoon at the dentist: plan it above, and clients see other times.
          </EmptyState>
        ) : (
          <RowList>
            {plans.map((away) => {
              const from = formatDayName(away.first_day).full;
              const to = formatDayName(away.last_day).full;
              return (
                <Row
                  key={away.id}
                  title={
                    <>
                      {from}, {wallTime(away.starts_at)} – {from === to ? "" : `${to}, `}
                      {wallTime(away.ends_at)}
                    </>
                  }
                  trail={<RemoveButton action={removeOutOfOfficePath(away.id)} name={from} />}
                >
                  {away.note ? `“${away.note}”` : "Without a note"}
                </Row>
              );
            })}
          </RowList>
        )}
      </Section>
    </DeskFormPage>
  );
}
