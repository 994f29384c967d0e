import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { RatingField } from "~/components/rating-field";
import { SubmitButton } from "~/components/submit-button";

type ReviewFormProps = { lastResult: SubmissionResult<string[]> | undefined };

/** Stars and words. */
export function ReviewForm({ lastResult }: ReviewFormProps) {
  const [form, fields] = useForm<{ rating: string; body: string }>({
    lastResult,
    constraint: { rating: { required: true }, body: { required: true } },
    defaultNoValidate: false,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-7">
      <FormErrors id={form.errorId} errors={form.errors} />
      <RatingField field={fields.rating} legend="How was it?" hint="Five stars is best." />
      <TextareaField
        field={fields.body}
        label="What should others know?"
        hint="What you came with, what you took away. Your first name and an initial stand beside it."
        rows={6}
      />
      <SubmitButton size="lg" pendingLabel="Publishing…">
        Publish review
      </SubmitButton>
    </Form>
  );
}
