import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { RadioCards } from "~/components/choice-field";
import { Field, SelectField, type Choice } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { timeZoneChoices } from "~/lib/time-zone";

import { PROFILE_KINDS, wordsOfKind } from "./profile-kinds";
import { ProfileSchema } from "./profile-schema";
import { useBrowserTimeZone } from "./use-browser-time-zone";

type Fields = z.input<typeof ProfileSchema>;

type ProfileFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  defaultValue: Partial<Fields> & { timeZone: string };
  /** Nobody chose the zone: the browser's own is the better guess. */
  isZoneGuessed: boolean;
  states: Choice[];
  submitLabel: string;
};

const CONSTRAINT = {
  ...getZodConstraint(ProfileSchema),
  company: { required: false },
  // Who needs it depends on the kind, which is complete_profile's to say.
  credentialNumber: {},
};

/** Who somebody is: trade, name, place, firm, number, zone. */
export function ProfileForm(props: ProfileFormProps) {
  const { lastResult, defaultValue, isZoneGuessed, states, submitLabel } = props;
  const [form, fields] = useForm<Fields>({
    lastResult,
    defaultValue,
    constraint: CONSTRAINT,
    defaultNoValidate: false, // the browser validates until our script takes over
    shouldValidate: "onBlur",
    shouldRevalidate: "onInput",
    onValidate: ({ formData }) => parseWithZod(formData, { schema: ProfileSchema }),
  });
  const words = wordsOfKind(fields.kind.value);
  useBrowserTimeZone(isZoneGuessed && !lastResult, (timeZone) =>
    form.update({ name: fields.timeZone.name, value: timeZone }),
  );

  return (
    <Form method="post" {...getFormProps(form)} className="space-y-8">
      <FormErrors id={form.errorId} errors={form.errors} />
      <RadioCards field={fields.kind} legend="What do you do?" options={PROFILE_KINDS} />
      <div className="grid gap-6 sm:grid-cols-2">
        <Field field={fields.firstName} label="First name" autoComplete="given-name" />
        <Field field={fields.lastName} label="Last name" autoComplete="family-name" />
        <SelectField
          field={fields.homeState}
          label="State you work in"
          placeholder="Choose a state"
          options={states}
        />
        <Field field={fields.company} label={words.company} autoComplete="organization" />
      </div>
      {words.credential ? (
        <Field
          field={fields.credentialNumber}
          label={words.credential.label}
          hint={words.credential.hint}
          autoCapitalize="characters"
          spellCheck={false}
        />
      ) : null}
      <SelectField
        field={fields.timeZone}
        label="Your time zone"
        hint="Every time on the site and in our mails is shown in it."
        options={timeZoneChoices(fields.timeZone.value ?? defaultValue.timeZone)}
      />
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        {submitLabel}
      </SubmitButton>
    </Form>
  );
}
