import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { Field, SelectField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { timeZoneChoices } from "~/lib/time-zone";

import { TravelSchema } from "./plan-schemas";

type TravelFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  /** Where the coach lives. */
  home: string;
};

/** Which days, and where. */
export function TravelForm({ lastResult, home }: TravelFormProps) {
  const [form, fields] = useForm<z.input<typeof TravelSchema>>({
    lastResult,
    constraint: getZodConstraint(TravelSchema),
    defaultNoValidate: false,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: TravelSchema }),
  });

  return (
    <Form method="post" {...getFormProps(form)} className="max-w-xl space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <div className="grid gap-x-3 gap-y-6 sm:grid-cols-2">
        <Field field={fields.first_day} label="First day" type="date" />
        <Field field={fields.last_day} label="Last day" type="date" />
      </div>
      <SelectField
        field={fields.time_zone}
        label="Time zone there"
        placeholder="Choose a time zone"
        options={timeZoneChoices(home)}
      />
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        Save
      </SubmitButton>
    </Form>
  );
}
