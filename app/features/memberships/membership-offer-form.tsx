import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { RadioCards } from "~/components/choice-field";
import { Field, SelectField, TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { lengthChoices } from "~/features/offers/offer-schema";
import { formatDuration } from "~/lib/format-date";

import { MembershipOfferSchema, type MembershipOfferValues } from "./membership-offer-schema";

type Fields = z.input<typeof MembershipOfferSchema>;

type MembershipOfferFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  defaultValue?: Partial<Fields>;
  submitLabel: string;
};

const CONSTRAINT = {
  ...getZodConstraint(MembershipOfferSchema),
  price: { required: true }, // the pattern refuses what people type; the schema says why
};

/** A membership to sell: what it gives every month, and what is paid for it how often. */
export function MembershipOfferForm(props: MembershipOfferFormProps) {
  const { lastResult, defaultValue = {}, submitLabel } = props;
  const [form, fields] = useForm<Fields, MembershipOfferValues>({
    lastResult,
    defaultValue: { durationMinutes: 60, interval: "month", sessionsAMonth: 2, ...defaultValue },
    constraint: CONSTRAINT,
    defaultNoValidate: false, // the browser validates until our script takes over
    shouldValidate: "onBlur",
    shouldRevalidate: "onInput",
    onValidate: ({ formData }) => parseWithZod(formData, { schema: MembershipOfferSchema }),
  });

  return (
    <Form method="post" {...getFormProps(form)} className="space-y-8">
      <FormErrors id={form.errorId} errors={form.errors} />
      <Field
        field={fields.title}
        label="Name"
        hint="What somebody gets, in a few words."
        placeholder="Two sessions a month"
      />
      <TextareaField
        field={fields.description}
        label="Description"
        hint="How you work together over the months."
        rows={4}
      />
      <div className="grid gap-6 sm:grid-cols-2">
        <Field
          field={fields.sessionsAMonth}
          label="Sessions a month"
          hint="What is not used within a period is gone with it."
          inputMode="numeric"
        />
        <SelectField
          field={fields.durationMinutes}
          label="Length of each"
          options={lengthChoices(defaultValue.durationMinutes).map((minutes) => ({
            value: String(minutes),
            label: formatDuration(minutes),
          }))}
        />
      </div>
      <RadioCards
        field={fields.interval}
        legend="Paid"
        options={[
          { value: "month", label: "Every month" },
          {
            value: "year",
            label: "Every year",
            description: "The sessions of all twelve months can be used whenever it suits.",
          },
        ]}
      />
      <div className="grid gap-6 sm:grid-cols-2">
        <Field
          field={fields.price}
          label="Price in US dollars"
          hint="Of a month, or of a year."
          inputMode="decimal"
          placeholder="280"
        />
        <Field
          field={fields.trialDays}
          label="Days to try it for nothing"
          hint="Each client once, with a month’s sessions. Leave it empty for none."
          inputMode="numeric"
        />
      </div>
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        {submitLabel}
      </SubmitButton>
    </Form>
  );
}
