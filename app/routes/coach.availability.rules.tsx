import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";

import type { z } from "zod";

import { SelectField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { AvailabilityNavigation } from "~/features/availability/availability-navigation";
import {
  BookingRulesSchema,
  DEFAULT_BOOKING_RULES,
  ruleChoices,
  type BookingRules,
} from "~/features/availability/booking-rules";
import { findAvailability, saveBookingRules } from "~/features/availability/weekly-hours.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { coachAvailabilityPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("How you can be booked") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  const found = coachId ? await findAvailability(viewer.db, coachId) : null;
  return { rules: found?.rules ?? DEFAULT_BOOKING_RULES };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: BookingRulesSchema });
  return answerForm(args, submission, {
    save: saveBookingRules,
    done: { path: coachAvailabilityPath(), flash: { kind: "success", title: "Saved." } },
  });
}

export default function BookingRulesRoute() {
  const { rules } = useLoaderData<typeof loader>();
  const choices = ruleChoices(rules);
  const [form, fields] = useForm<z.input<typeof BookingRulesSchema>, BookingRules>({
    lastResult: useActionData<typeof action>(),
    defaultValue: rules,
    constraint: getZodConstraint(BookingRulesSchema),
    defaultNoValidate: false,
  });

  return (
    <DeskFormPage>
      <PageHeader title="How you can be booked" />
      <AvailabilityNavigation />
      <Form method="post" {...getFormProps(form)} className="max-w-md space-y-8">
        <FormErrors id={form.errorId} errors={form.errors} />
        <SelectField
          field={fields.minimum_notice_minutes}
          label="Notice"
          hint="How long before its start a session must be booked."
          options={choices.minimum_notice_minutes}
        />
        <SelectField
          field={fields.horizon_days}
          label="How far ahead"
          hint="Up to when clients see your times."
          options={choices.horizon_days}
        />
        <SelectField
          field={fields.slot_step_minutes}
          label="Start times"
          hint="How closely the times that clients choose from follow each other."
          options={choices.slot_step_minutes}
        />
        <SelectField
          field={fields.buffer_before_minutes}
          label="Break before a session"
          hint="Two sessions share the time between them: it is the longer break, not both."
          options={choices.buffer_before_minutes}
        />
        <SelectField
          field={fields.buffer_after_minutes}
          label="Break after a session"
          options={choices.buffer_after_minutes}
        />
        <SelectField
          field={fields.max_sessions_per_day}
          label="At most a day"
          placeholder="As many as fit"
          options={choices.max_sessions_per_day}
        />
        <SelectField
          field={fields.max_sessions_per_week}
          label="At most a week"
          hint="Weeks begin on Monday."
          placeholder="As many as fit"
          options={choices.max_sessions_per_week}
        />
        <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
          Save
        </SubmitButton>
      </Form>
    </DeskFormPage>
  );
}
