import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { Field, TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";

type AnswerFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  /** What is kept so far. */
  answer?: { title: string; body: string } | undefined;
};

/** What a coach says often: what to find it by, and its words. */
export function AnswerForm({ lastResult, answer }: AnswerFormProps) {
  const [form, fields] = useForm<{ title: string; body: string }>({
    lastResult,
    ...(answer && { defaultValue: answer }),
    constraint: { title: { required: true }, body: { required: true } },
    defaultNoValidate: false,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <Field
        field={fields.title}
        label="Title"
        hint="What you find it by. Clients do not see it."
        placeholder="What to bring"
        autoComplete="off"
      />
      <TextareaField
        field={fields.body}
        label="Answer"
        hint="You can change it before you send it."
        rows={6}
      />
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        Save answer
      </SubmitButton>
    </Form>
  );
}
