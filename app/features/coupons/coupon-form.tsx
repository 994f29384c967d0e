import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { SwitchCard } from "~/components/choice-field";
import { Field } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";

import { CouponSchema, type CouponValues } from "./coupon-schema";

type Fields = z.input<typeof CouponSchema>;

const CONSTRAINT = {
  ...getZodConstraint(CouponSchema),
  off: { required: true }, // the pattern refuses what people type; the schema says why
};

/** A code to give to clients: what it takes off, until when, and for whom. */
export function CouponForm({ lastResult }: { lastResult: SubmissionResult<string[]> | undefined }) {
  const [form, fields] = useForm<Fields, CouponValues>({
    lastResult,
    constraint: CONSTRAINT,
    defaultNoValidate: false, // the browser validates until our script takes over
    shouldValidate: "onBlur",
    shouldRevalidate: "onInput",
    onValidate: ({ formData }) => parseWithZod(formData, { schema: CouponSchema }),
  });
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-8">
      <FormErrors id={form.errorId} errors={form.errors} />
      <div className="grid gap-6 sm:grid-cols-2">
        <Field
          field={fields.code}
          label="Code"
          hint="What clients type. Capitals make no difference."
          placeholder="SPRING-OPEN-HOUSE"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <Field
          field={fields.off}
          label="Takes off"
          hint="A percent, or dollars of the whole order."
          placeholder="10% or $20"
        />
        <Field
          field={fields.lastDay}
          label="Last day"
          hint="Without one it counts until you end it."
          type="date"
        />
        <Field
          field={fields.minimum}
          label="Smallest order, in dollars"
          hint="What an order must cost before the code."
          inputMode="numeric"
        />
        <Field
          field={fields.maxRedemptions}
          label="Uses in all"
          hint="Empty is as often as you like."
          inputMode="numeric"
        />
        <Field
          field={fields.maxPerClient}
          label="Uses by one client"
          hint="Empty is as often as they like."
          inputMode="numeric"
        />
      </div>
      <SwitchCard
        field={fields.isFirstOrder}
        label="First order only"
        description="Only for clients who have not bought from you before, once each."
      />
      <SubmitButton size="lg" pendingLabel="Making it…" className="w-full sm:w-auto">
        Make the coupon
      </SubmitButton>
    </Form>
  );
}
