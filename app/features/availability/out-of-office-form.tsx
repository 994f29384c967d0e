import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { Field, SelectField, TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";

import { OutOfOfficeSchema } from "./plan-schemas";
import { timeOptions } from "./weekly-hours";

type OutOfOfficeFormProps = { lastResult: SubmissionResult<string[]> | undefined };

/** From when to when, and a word to clients. */
export function OutOfOfficeForm({ lastResult }: OutOfOfficeFormProps) {
  const [form, fields] = useForm<z.input<typeof OutOfOfficeSchema>>({
    lastResult,
    defaultValue: { starts_at: "00:00", ends_at: "24:00" },
    constraint: getZodConstraint(OutOfOfficeSchema),
    defaultNoValidate: false,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: OutOfOfficeSchema }),
  });

  return (
    <Form method="post" {...getFormProps(form)} className="max-w-xl space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <div className="grid gap-x-3 gap-y-6 sm:grid-cols-2">
        <Field field={fields.first_day} label="First day" type="date" />
        <SelectField field={fields.starts_at} label="From" options={timeOptions(false)} />
        <Field field={fields.last_day} label="Last day" type="date" />
        <SelectField field={fields.ends_at} label="Until" options={timeOptions(true)} />
      </div>
      <TextareaField
        field={fields.note}
        label="Note to clients"
        hint="They read it beside your times: where you are, or who helps meanwhile. At most 200 characters."
        rows={2}
      />
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        Save
      </SubmitButton>
    </Form>
  );
}
