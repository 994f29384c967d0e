import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { Field, SelectField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { timeOptions } from "~/features/availability/weekly-hours";

import { DateSchema } from "./date-schema";

type DateFormProps = { lastResult: SubmissionResult<string[]> | undefined };

/** When a group session takes place: a day and a time. */
export function DateForm({ lastResult }: DateFormProps) {
  const [form, fields] = useForm<z.input<typeof DateSchema>>({
    lastResult,
    defaultValue: { starts_at: "12:00" },
    constraint: getZodConstraint(DateSchema),
    defaultNoValidate: false,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: DateSchema }),
  });

  return (
    <Form method="post" {...getFormProps(form)} className="max-w-xl space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <div className="grid gap-x-3 gap-y-6 sm:grid-cols-2">
        <Field field={fields.day} label="Date" type="date" />
        <SelectField field={fields.starts_at} label="Starts at" options={timeOptions(false)} />
      </div>
      <SubmitButton size="lg" pendingLabel="Scheduling…" className="w-full sm:w-auto">
        Schedule this date
      </SubmitButton>
    </Form>
  );
}
