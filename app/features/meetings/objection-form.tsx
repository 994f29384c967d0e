import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { bookingObjectionPath } from "~/lib/paths";

type ObjectionFormProps = {
  bookingId: string;
  lastResult?: SubmissionResult<string[]> | undefined;
};

/** The words of somebody who says that it was otherwise. */
export function ObjectionForm({ bookingId, lastResult }: ObjectionFormProps) {
  const [form, fields] = useForm<{ words: string }>({
    id: "objection",
    lastResult,
    constraint: { words: { required: true, maxLength: 2000 } },
    defaultNoValidate: false,
  });
  return (
    <Form
      method="post"
      action={bookingObjectionPath(bookingId)}
      {...getFormProps(form)}
      className="space-y-4"
    >
      <FormErrors id={form.errorId} errors={form.errors} />
      <TextareaField
        field={fields.words}
        label="What happened?"
        hint="A person of our team reads it, and so does the other party."
        rows={4}
      />
      <SubmitButton variant="outline" pendingLabel="Sending…">
        Send objection
      </SubmitButton>
    </Form>
  );
}
