import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { CheckboxGroup } from "~/components/choice-field";
import { Field, SelectField, TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { timeZoneChoices } from "~/lib/time-zone";

import type { SearchChoices } from "./coach-search";
import { PracticeSchema } from "./practice-schema";

type Fields = z.input<typeof PracticeSchema>;

type PracticeFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  defaultValue: Partial<Fields> & { timeZone: string };
  choices: SearchChoices;
  submitLabel: string;
};

/** What a coach's public page says, and by what search finds it. */
export function PracticeForm(props: PracticeFormProps) {
  const { lastResult, defaultValue, choices, submitLabel } = props;
  const [form, fields] = useForm<Fields>({
    lastResult,
    defaultValue,
    constraint: getZodConstraint(PracticeSchema),
    defaultNoValidate: false, // the browser validates until our script takes over
    shouldValidate: "onBlur",
    shouldRevalidate: "onInput",
    onValidate: ({ formData }) => parseWithZod(formData, { schema: PracticeSchema }),
  });

  return (
    <Form method="post" {...getFormProps(form)} className="space-y-10">
      <FormErrors id={form.errorId} errors={form.errors} />
      <Field
        field={fields.headline}
        label="Headline"
        hint="One line under your name: whom you help, and with what."
        placeholder="Listing presentations that end with a signature"
      />
      <TextareaField
        field={fields.bio}
        label="About you"
        hint="What you have done yourself, how a session with you goes, who it is not for. Leave a blank line between paragraphs."
        rows={10}
      />
      <CheckboxGroup
        field={fields.specialties}
        legend="Specialties"
        hint="What people book you for. Few and true is found more often than many."
        options={choices.specialties}
      />
      <CheckboxGroup
        field={fields.states}
        legend="States"
        hint="Whose rules and forms you know first-hand."
        options={choices.states}
        isLong
      />
      <CheckboxGroup
        field={fields.languages}
        legend="Languages"
        hint="In which you can hold a whole session."
        options={choices.languages}
      />
      <div className="grid gap-6 sm:grid-cols-2">
        <Field
          field={fields.yearsInBusiness}
          label="Years in the business"
          inputMode="numeric"
          className="sm:max-w-60"
        />
        <SelectField
          field={fields.timeZone}
          label="Time zone of your hours"
          options={timeZoneChoices(fields.timeZone.value ?? defaultValue.timeZone)}
        />
      </div>
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        {submitLabel}
      </SubmitButton>
    </Form>
  );
}
