import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { RadioCards } from "~/components/choice-field";
import { Field, SelectField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";

import { overrideFields, OverrideSchema } from "./plan-schemas";
import { POSITIONS, timeOptions } from "./weekly-hours";

const ORDINALS = ["first", "second", "third"] as const;

type OverrideFormProps = { lastResult: SubmissionResult<string[]> | undefined };

/** One date, and its hours or none. */
export function OverrideForm({ lastResult }: OverrideFormProps) {
  const [form, fields] = useForm<z.input<typeof OverrideSchema>, z.output<typeof OverrideSchema>>({
    lastResult,
    defaultValue: { kind: "hours" },
    defaultNoValidate: false,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: OverrideSchema }),
  });

  return (
    <Form method="post" {...getFormProps(form)} className="max-w-xl space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <Field field={fields.day} label="Date" type="date" className="max-w-56" />
      <RadioCards
        field={fields.kind}
        legend="On that date"
        options={[
          { value: "hours", label: "Other hours", description: "In place of the weekday’s." },
          { value: "closed", label: "Closed all day", description: "Nobody can book you." },
        ]}
      />
      <div className="space-y-4">
        {POSITIONS.map((position) => {
          const { from, to } = overrideFields(position);
          const ordinal = ORDINALS[position - 1]!;
          return (
            <div key={position} className="grid grid-cols-2 gap-3">
              <SelectField
                field={fields[from as "from_1"]}
                label={`From, ${ordinal} block`}
                placeholder="–"
                options={timeOptions(false)}
              />
              <SelectField
                field={fields[to as "to_1"]}
                label={`To, ${ordinal} block`}
                placeholder="–"
                options={timeOptions(true)}
              />
            </div>
          );
        })}
      </div>
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        Save this date
      </SubmitButton>
    </Form>
  );
}
