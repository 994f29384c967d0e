import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { SwitchCard } from "~/components/choice-field";
import { Field, SelectField, TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { formatDuration } from "~/lib/format-date";

import { lengthChoices, OfferSchema, type OfferValues } from "./offer-schema";

type Fields = z.input<typeof OfferSchema>;

type OfferFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  defaultValue?: Partial<Fields>;
  submitLabel: string;
  /** An intro call costs nothing; a group session has seats, and asks nobody first; a package has several sessions. */
  kind?: "session" | "intro_call" | "group_session" | "package" | "membership";
  /** How long a coach who is asked first has to answer; not for what asks nobody. */
  answerMinutes?: number;
};

const NAME_EXAMPLES = {
  session: "Listing presentation rehearsal",
  intro_call: "Get to know each other",
  group_session: "Pricing clinic for a slow market",
  package: "Twelve weekly sessions",
  membership: "Two sessions a month",
};

const PRICE_LABELS: Partial<Record<keyof typeof NAME_EXAMPLES, string>> = {
  group_session: "Price of a seat in US dollars",
  package: "Price of one session in US dollars",
};

const CONSTRAINT = {
  ...getZodConstraint(OfferSchema),
  price: { required: true }, // the pattern refuses what people type; the schema says why
  // Where they are asked for, of a group session and of a package.
  seats: { required: true },
  sessionCount: { required: true },
  validMonths: { required: true },
};

/** A session to sell: name, words, length, price. */
export function OfferForm(props: OfferFormProps) {
  const { lastResult, defaultValue = {}, submitLabel, kind = "session", answerMinutes = 0 } = props;
  const isFree = kind === "intro_call";
  const isGroup = kind === "group_session";
  const isPackage = kind === "package";
  const [form, fields] = useForm<Fields, OfferValues>({
    lastResult,
    defaultValue: { durationMinutes: 60, ...defaultValue },
    constraint: CONSTRAINT,
    defaultNoValidate: false, // the browser validates until our script takes over
    shouldValidate: "onBlur",
    shouldRevalidate: "onInput",
    onValidate: ({ formData }) => parseWithZod(formData, { schema: OfferSchema }),
  });
  const lengths = lengthChoices(defaultValue.durationMinutes);

  return (
    <Form method="post" {...getFormProps(form)} className="space-y-8">
      <FormErrors id={form.errorId} errors={form.errors} />
      <Field
        field={fields.title}
        label="Name"
        hint="What somebody leaves with, in a few words."
        placeholder={NAME_EXAMPLES[kind]}
      />
      <TextareaField
        field={fields.description}
        label="Description"
        hint="How the session goes, and what to bring."
        rows={5}
      />
      <div className="grid gap-6 sm:grid-cols-2">
        <SelectField
          field={fields.durationMinutes}
          label="Length"
          options={lengths.map((minutes) => ({
            value: String(minutes),
            label: formatDuration(minutes),
          }))}
        />
        {isFree ? (
          <input type="hidden" name={fields.price.name} value="0" />
        ) : (
          <Field
            field={fields.price}
            label={PRICE_LABELS[kind] ?? "Price in US dollars"}
            inputMode="decimal"
            placeholder={isGroup ? "40" : "150"}
          />
        )}
        {isPackage ? (
          <>
            <Field
              field={fields.sessionCount}
              label="Sessions"
              hint="How many the package has."
              inputMode="numeric"
            />
            <Field
              field={fields.validMonths}
              label="Months to use them"
              hint="Counted from the payment. What is left then goes back to the client."
              inputMode="numeric"
            />
            <Field
              field={fields.instalments}
              label="Monthly payments"
              hint="Into how many a client may divide it, each for as many sessions. Leave it empty, and all of it is paid at once."
              inputMode="numeric"
            />
            <Field
              field={fields.depositSessions}
              label="Deposit"
              hint="For how many sessions the first of these payments is. Leave it empty, and it is like the others."
              inputMode="numeric"
            />
          </>
        ) : null}
        {isGroup ? (
          <Field
            field={fields.seats}
            label="Seats"
            hint="How many people each date has room for, besides you."
            inputMode="numeric"
          />
        ) : null}
      </div>
      {kind === "session" || isPackage ? (
        <SwitchCard
          field={fields.askFirst}
          label="Ask me first"
          description={
            isPackage
              ? `Each session that is booked from it is a request that you accept or decline within ${formatDuration(answerMinutes)}. Leave it off, and free times are booked at once.`
              : `Each booking is a request that you accept or decline within ${formatDuration(answerMinutes)}. The client pays when you accept. Leave it off, and free times are booked at once.`
          }
        />
      ) : null}
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        {submitLabel}
      </SubmitButton>
    </Form>
  );
}
