import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { RatingField } from "~/components/rating-field";
import { SubmitButton } from "~/components/submit-button";
import { howReviewsWorkPath } from "~/lib/paths";

import { QUESTIONS, type RatingName, type ReviewParty } from "./questions";

type ReviewFormProps = {
  /** Who writes. Null while that is not known, after a form was sent without a session. */
  party: ReviewParty | null;
  lastResult: SubmissionResult<string[]> | undefined;
};

type ReviewFields = { party: string; body: string; note?: string } & Record<RatingName, string>;

/** Three questions with stars, words for others, and a note for us. */
export function ReviewForm({ party: known, lastResult }: ReviewFormProps) {
  const party = known ?? (lastResult?.initialValue?.party === "coach" ? "coach" : "client");
  const questions = QUESTIONS[party];
  const [form, fields] = useForm<ReviewFields>({
    lastResult,
    constraint: {
      body: { required: true },
      note: { required: false },
      ...Object.fromEntries(questions.map(({ name }) => [name, { required: true }])),
    },
    defaultNoValidate: false,
  });
  const isClient = party === "client";
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-7">
      <FormErrors id={form.errorId} errors={form.errors} />
      <input type="hidden" name={fields.party.name} value={party} />
      {questions.map(({ name, label }) => (
        <RatingField key={name} field={fields[name]} legend={label} />
      ))}
      <TextareaField
        field={fields.body}
        label={isClient ? "What should others know?" : "How was it to work with them?"}
        hint={
          isClient
            ? "What you came with, what you took away. Everybody reads it on your coach’s page, with your first name and an initial."
            : "What they did well and what would help. Only the two of you read it."
        }
        rows={6}
      />
      <TextareaField
        field={fields.note}
        label="Anything only we should know?"
        hint="Our team reads it, and nobody else."
        rows={3}
      />
      <p className="text-[0.9375rem] text-muted-foreground">
        Neither of you reads what the other wrote before both have written, or before the time for
        it is over. A review can’t be changed afterwards.{" "}
        <a href={howReviewsWorkPath()} className="whitespace-nowrap underline underline-offset-4">
          How reviews work
        </a>
      </p>
      <SubmitButton size="lg" pendingLabel="Sending…">
        Send review
      </SubmitButton>
    </Form>
  );
}
