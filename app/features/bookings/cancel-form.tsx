import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { bookingPath, type Scope } from "~/lib/paths";

type CancelFormProps = {
  bookingId: string;
  scope: Scope;
  /** What the page says comes back, in cents; null when it can't say, to a reader signed out. */
  refundCents: number | null;
  /** How many sessions it says go back to their package; null likewise. */
  credits: number | null;
  /** Who will read the reason; null when the page can't say. */
  counterpart: string | null;
  lastResult: SubmissionResult<string[]> | undefined;
};

/** The question "are you sure": it sends the amount that was shown, so that no other is refunded. */
export function CancelForm(props: CancelFormProps) {
  const { bookingId, scope, refundCents, credits, counterpart, lastResult } = props;
  const [form, fields] = useForm<{
    expectedRefundCents: string;
    expectedCredits: string;
    reason?: string;
  }>({
    lastResult,
    constraint: {
      expectedRefundCents: { required: true },
      reason: { required: false, maxLength: 500 },
    },
    defaultNoValidate: false,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      {scope ? <input type="hidden" name="scope" value={scope} /> : null}
      {/* What was sent before counts only while the page knows nothing newer. */}
      <input
        type="hidden"
        name={fields.expectedRefundCents.name}
        value={refundCents ?? fields.expectedRefundCents.initialValue ?? ""}
      />
      <input
        type="hidden"
        name={fields.expectedCredits.name}
        value={credits ?? fields.expectedCredits.initialValue ?? ""}
      />
      <TextareaField
        field={fields.reason}
        label={counterpart ? `A word to ${counterpart}` : "A word to them"}
        hint="They read it in their mail."
        rows={3}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton variant="destructive" size="lg" pendingLabel="Cancelling…">
          {scope ? "Cancel these sessions" : "Cancel the session"}
        </SubmitButton>
        <Button asChild variant="outline" size="lg">
          <a href={bookingPath(bookingId)}>{scope ? "Keep them" : "Keep it"}</a>
        </Button>
      </div>
    </Form>
  );
}
