import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { Field } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";

type WatchFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  /** Whether another day takes the place of one that was given. */
  isChange: boolean;
};

/** Until which day a time is of use. */
export function WatchForm({ lastResult, isChange }: WatchFormProps) {
  const [form, fields] = useForm<{ lastDay: string }>({
    lastResult,
    constraint: { lastDay: { required: true } },
    defaultNoValidate: false,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <Field
        field={fields.lastDay}
        type="date"
        label="Last day that helps you"
        hint="We tell you of times up to the end of this day."
        className="max-w-xs"
      />
      <SubmitButton size="lg" pendingLabel="One moment…">
        {isChange ? "Change the day" : "Tell me"}
      </SubmitButton>
    </Form>
  );
}
