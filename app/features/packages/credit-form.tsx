import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SlotPicker } from "~/components/slot-picker";
import { SubmitButton } from "~/components/submit-button";
import type { Slot } from "~/lib/group-by-day";

type CreditFormProps = {
  /** Null when the page can't say, to a reader who was signed out. */
  own: { coachName: string; isInstant: boolean; feeWords: string | null } | null;
  /** In order of time. */
  slots: Slot[];
  timeZone: string;
  /** What the address says was chosen and written before. */
  wanted: { slot: string | null; note: string };
  lastResult: SubmissionResult<string[]> | undefined;
};

/** Choosing a time for a session that is paid for, and writing to the coach. */
export function CreditForm({ own, slots, timeZone, wanted, lastResult }: CreditFormProps) {
  const [form, fields] = useForm<{ slot: string; note?: string }>({
    lastResult,
    defaultValue: { slot: wanted.slot ?? "", note: wanted.note },
    constraint: { slot: { required: true }, note: { required: false } },
    defaultNoValidate: false,
  });
  const isInstant = own?.isInstant ?? true;
  const firstName = own?.coachName.split(" ")[0] ?? "your coach";
  return (
    <Form
      method="post"
      {...getFormProps(form)}
      className="items-start gap-x-12 lg:grid lg:grid-cols-[1fr_21rem]"
    >
      <div className="min-w-0 space-y-5">
        <FormErrors
          id={form.errorId}
          errors={[...(form.errors ?? []), ...(fields.slot.errors ?? [])]}
        />
        {slots.length > 0 ? (
          <SlotPicker
            slots={slots}
            timeZone={timeZone}
            name={fields.slot.name}
            chosen={sameInstant(slots, fields.slot.value)}
            errorId={form.errorId}
          />
        ) : (
          <input type="hidden" name={fields.slot.name} value={fields.slot.initialValue ?? ""} />
        )}
      </div>
      <div className="mt-10 space-y-6 border-t pt-8 lg:sticky lg:top-6 lg:mt-0 lg:rounded-lg lg:border lg:bg-card lg:p-6">
        <TextareaField
          field={fields.note}
          label={`What should ${firstName} know?`}
          hint="What is coming up, and what you want to walk out with."
          rows={4}
        />
        <SubmitButton size="lg" className="w-full" pendingLabel="One moment…">
          {isInstant ? "Book this time" : `Ask ${firstName} for this time`}
        </SubmitButton>
        <p className="text-center text-sm text-muted-foreground">
          {isInstant
            ? "It is paid for, and yours at once."
            : "It is paid for. If it is declined, the session goes back to your package."}
        </p>
        {own?.feeWords ? <p className="text-sm">{own.feeWords}</p> : null}
      </div>
    </Form>
  );
}

/** The same instant can be written in more than one way. */
function sameInstant(slots: Slot[], startsAt: string | undefined): string | null {
  if (!startsAt) return null;
  const instant = Date.parse(startsAt);
  return slots.find((slot) => Date.parse(slot.startsAt) === instant)?.startsAt ?? null;
}
