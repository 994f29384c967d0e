import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";

import { ConsentField, type ConsentFields } from "./consent-field";
import { givesWords, priceWords } from "./membership-words";
import type { MembershipPlan } from "./memberships.server";

type PlanFormProps = {
  plan: MembershipPlan;
  lastResult: SubmissionResult<string[]> | undefined;
};

/** Another membership to change to, with its own consent: its price is another. */
export function PlanForm({ plan, lastResult }: PlanFormProps) {
  const [form, fields] = useForm<ConsentFields>({
    id: `plan-${plan.offer_id}`,
    lastResult,
    constraint: { agree: { required: true } },
    defaultNoValidate: false,
  });
  return (
    <Form
      method="post"
      {...getFormProps(form)}
      className="space-y-5 rounded-lg border bg-card p-5 sm:p-6"
    >
      <div className="space-y-1.5">
        <h2 className="text-display-sm">{plan.title}</h2>
        {plan.description ? <p className="text-muted-foreground">{plan.description}</p> : null}
        <p>
          {givesWords(plan)}, for <strong className="font-semibold">{priceWords(plan)}</strong>.
        </p>
      </div>
      <FormErrors id={form.errorId} errors={form.errors} />
      <input type="hidden" name="offerId" value={plan.offer_id} />
      <ConsentField field={fields.agree} words={plan.words} wordsSha256={plan.words_sha256} />
      <SubmitButton pendingLabel="One moment…">Change to “{plan.title}”</SubmitButton>
    </Form>
  );
}
