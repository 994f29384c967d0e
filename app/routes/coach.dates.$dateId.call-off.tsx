import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { TimeSpan } from "~/components/date-time";
import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { callOffDate, findCoachDate } from "~/features/groups/coach-dates.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { coachDatePath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ dateId: z.uuid() });

const LONGEST_REASON = 500;

const CallOffSchema = z.object({
  reason: textSchema().refine((reason) => reason.length <= LONGEST_REASON, {
    error: "Say it in at most 500 characters.",
  }),
});

export const meta: MetaFunction = () => [{ title: pageTitle("Call a date off") }];

export async function loader(args: LoaderFunctionArgs) {
  const { dateId } = parseParams(args.params, ParamsSchema);
  const { viewer, coachId } = await requirePractice(args);
  // After a form was sent: what was typed is all there is to show.
  const date = coachId ? await findCoachDate(viewer.db, dateId) : null;
  if (coachId && !date) throw new Response("Not found", { status: 404 });
  // Begun or off already: the date's page says which.
  if (date && !isToCome(date) && args.context.method !== "POST") {
    throw redirect(coachDatePath(dateId));
  }
  return { dateId, date };
}

export async function action(args: ActionFunctionArgs) {
  const { dateId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: CallOffSchema });
  return answerForm(args, submission, {
    save: (db, { reason }) => callOffDate(db, { dateId, reason }),
    done: {
      path: coachDatePath(dateId),
      flash: {
        kind: "success",
        title: "The date is called off.",
        description: "Everybody with a seat has been told, and gets all of their money back.",
      },
    },
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function CallOffDateRoute() {
  const { dateId, date } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ reason?: string }>({
    lastResult: useActionData<typeof action>(),
    // No maxLength: a browser would cut what is pasted without a word.
    constraint: { reason: { required: false } },
    defaultNoValidate: false,
  });
  return (
    <DeskFormPage>
      <PageHeader
        title="Call this date off?"
        lead={
          date ? (
            <>
              {date.offer_title}
              <br />
              {takenWords(date.seats_taken)}
            </>
          ) : undefined
        }
      />
      <Form method="post" {...getFormProps(form)} className="space-y-6">
        <FormErrors id={form.errorId} errors={form.errors} />
        {date ? (
          <p>
            <TimeSpan start={date.starts_at} end={date.ends_at} timeZone={date.time_zone} />
          </p>
        ) : null}
        <TextareaField
          field={fields.reason}
          label="A word to those who have a seat"
          hint="They read it in their mail. Another date that they can take helps most."
          rows={3}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton variant="destructive" size="lg" pendingLabel="Calling it off…">
            Call it off
          </SubmitButton>
          <Button asChild variant="outline" size="lg">
            <a href={coachDatePath(dateId)}>Keep it</a>
          </Button>
        </div>
      </Form>
    </DeskFormPage>
  );
}

function isToCome(date: { starts_at: string; called_off_at: string | null }): boolean {
  return !date.called_off_at && Date.parse(date.starts_at) > Date.now();
}

function takenWords(taken: number): string {
  if (taken === 0) return "Nobody has a seat.";
  return `${taken === 1 ? "One person has a seat and gets" : `${taken} people have a seat and get`} all of their money back.`;
}
