import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";

import { ConsentField, type ConsentFields } from "./consent-field";

type SubscribeFormProps = {
  words: string;
  wordsSha256: string;
  lastResult: SubmissionResult<string[]> | undefined;
};

/** Agreeing to the renewal, on its own and not ticked, and going on to pay. */
export function SubscribeForm({ words, wordsSha256, lastResult }: SubscribeFormProps) {
  const [form, fields] = useForm<ConsentFields>({
    lastResult,
    constraint: { agree: { required: true } },
    defaultNoValidate: false,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <ConsentField field={fields.agree} words={words} wordsSha256={wordsSha256} />
      <SubmitButton size="lg" className="w-full sm:w-auto" pendingLabel="One moment…">
        Go on to pay
      </SubmitButton>
      <p className="text-[0.9375rem] text-muted-foreground">
        You enter your card on the next page, at Stripe, who takes the payments for us.
      </p>
    </Form>
  );
}
