import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";

type WordsFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  label: string;
  hint: string;
  /** What the button says, and while it works. */
  button: readonly [label: string, pendingLabel: string];
};

/** A form of one text: a coach's reply to a review, or why somebody reports a thing. */
export function WordsForm({ lastResult, label, hint, button }: WordsFormProps) {
  const [form, fields] = useForm<{ words: string }>({
    lastResult,
    constraint: { words: { required: true } },
    defaultNoValidate: false,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <TextareaField field={fields.words} label={label} hint={hint} rows={5} />
      <SubmitButton size="lg" pendingLabel={button[1]}>
        {button[0]}
      </SubmitButton>
    </Form>
  );
}
