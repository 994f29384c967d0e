import { getFormProps, getInputProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { CheckboxGroup } from "~/components/choice-field";
import { TimeSpan } from "~/components/date-time";
import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { formatMoney } from "~/lib/format-money";
import { bookingAcceptPath, bookingDeclinePath } from "~/lib/paths";

import type { AskedSession } from "./requests.server";

export type AcceptDatesFormProps = {
  bookingId: string;
  /** The dates that are asked for, in order; empty when nobody is signed in any more. */
  dates: AskedSession[];
  /** Who asks. */
  counterpart: string;
  timeZone: string;
  /** What pays for them, when that was bought before. */
  creditOf: string | null;
  lastResult?: SubmissionResult<string[]> | undefined;
};

type Fields = { isChoice: string; dates: string[]; reason?: string };

/** Every date that is asked for, to be taken or left out, and what is charged then. */
export function AcceptDatesForm(props: AcceptDatesFormProps) {
  const { bookingId, dates, counterpart, timeZone, creditOf, lastResult } = props;
  const [form, fields] = useForm<Fields>({
    ...(lastResult && { lastResult }),
    defaultValue: { isChoice: "yes", dates: dates.map(({ session_id: id }) => id), reason: "" },
    // No maxLength: a browser would cut what is pasted without a word.
    constraint: { reason: { required: false } },
    defaultNoValidate: false,
  });
  return (
    <Form
      method="post"
      action={bookingAcceptPath(bookingId)}
      {...getFormProps(form)}
      className="space-y-6"
    >
      <FormErrors id={form.errorId} errors={form.errors} />
      {dates.length > 0 ? (
        <CheckboxGroup
          field={fields.dates}
          legend="Which dates do you take?"
          hint={chargeWords(dates, creditOf)}
          className="[&_div]:grid-cols-1"
          options={dates.map((date) => ({
            value: date.session_id,
            label: <TimeSpan start={date.starts_at} end={date.ends_at} timeZone={timeZone} />,
          }))}
        />
      ) : (
        // Unknown to a visitor, and not to be lost: what was ticked goes along when it is sent again.
        tickedDates(lastResult).map((id) => (
          <input key={id} type="hidden" name={fields.dates.name} value={id} />
        ))
      )}
      <TextareaField
        field={fields.reason}
        label="If you leave some out, why?"
        hint={`${counterpart} reads it in the mail that names them. Another day that suits you helps most.`}
        rows={2}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton pendingLabel="Accepting…" formTarget={bookingAcceptPath(bookingId)}>
          Accept the chosen dates
        </SubmitButton>
        <Button asChild variant="outline">
          <a href={bookingDeclinePath(bookingId)}>Decline all</a>
        </Button>
      </div>
      <input {...getInputProps(fields.isChoice, { type: "hidden" })} key="isChoice" />
    </Form>
  );
}

/** What was ticked when the form was sent last. */
function tickedDates(lastResult: SubmissionResult<string[]> | undefined): string[] {
  return [lastResult?.initialValue?.["dates"] ?? []].flat().map(String);
}

/** What is charged, whichever are chosen. */
function chargeWords(dates: AskedSession[], creditOf: string | null): string {
  if (creditOf) {
    return `They are paid for with a ${creditOf}. What you leave out goes back to it.`;
  }
  const price = dates[0]?.price_cents ?? 0;
  const each = formatMoney(price, { alwaysCents: true });
  const all = formatMoney(price * dates.length, { alwaysCents: true });
  return `${each} is charged for each date you take, ${all} for all ${dates.length}. For what you leave out, their bank lets go of the money.`;
}
