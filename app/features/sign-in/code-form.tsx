import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { Field } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";

type CodeFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  submitLabel: string;
  hint: string;
};

/** Asks for a six-digit code. */
export function CodeForm({ lastResult, submitLabel, hint }: CodeFormProps) {
  const [form, fields] = useForm<{ code: string }>({
    lastResult,
    constraint: { code: { required: true } },
    defaultNoValidate: false,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <Field
        field={fields.code}
        label="Code"
        hint={hint}
        inputMode="numeric"
        autoComplete="one-time-code"
      />
      <SubmitButton size="lg" className="w-full" pendingLabel="Checking…">
        {submitLabel}
      </SubmitButton>
    </Form>
  );
}

/** Asks for another code. Its address is an action without a page. */
export function ResendForm({ action }: { action: string }) {
  return (
    <Form method="post" action={action}>
      <Button type="submit" variant="link" className="min-h-11 px-0">
        Send me a new code
      </Button>
    </Form>
  );
}
