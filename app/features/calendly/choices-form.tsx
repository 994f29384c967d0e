import { getFormProps, getInputProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { RadioCards } from "~/components/choice-field";
import { SelectField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { formatDuration } from "~/lib/format-date";

import type { OfferChoice } from "./calendly.server";
import type { CalendlyChoicesSchema } from "./choices-schema";

type Fields = z.input<typeof CalendlyChoicesSchema>;

function intakeChoices(payMinutes: number) {
  return [
    {
      value: "off",
      label: "Keep the time",
      description: "You are busy then. Nothing else happens here.",
    },
    {
      value: "on",
      label: "Make it a session here",
      description: `Your client pays here within ${formatDuration(payMinutes)}, or it is called off at Calendly.`,
    },
    {
      value: "page",
      label: "And let my page lead there",
      description: "Clients can also pick a time from your Calendly on your page.",
    },
  ];
}

type ChoicesFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  whenStale: "closed" | "open";
  intake: "off" | "on" | "page";
  offers: OfferChoice[];
  /** How long a session that was booked there waits for its payment. */
  payMinutes: number;
  /** How long the calendar may go unread before `whenStale` counts. */
  staleMinutes: number;
};

const WHEN_STALE = [
  {
    value: "closed",
    label: "Close my calendar",
    description: "Nobody can book until it is read again.",
  },
  {
    value: "open",
    label: "Stay open",
    description: "Clients book by what was read last, and are told so.",
  },
];

/** How a coach's Calendly account is used. */
export function ChoicesForm(props: ChoicesFormProps) {
  const { lastResult, whenStale, intake, offers, payMinutes, staleMinutes } = props;
  const [form, fields] = useForm<Fields>({
    lastResult,
    defaultValue: {
      whenStale,
      intake,
      choices: offers.map(({ offerId, chosen }) => ({ offerId, eventTypeId: chosen ?? "" })),
    },
  });
  const byOffer = new Map(offers.map((offer) => [offer.offerId, offer]));

  return (
    <Form method="post" {...getFormProps(form)} className="space-y-10">
      <FormErrors id={form.errorId} errors={form.errors} />
      {fields.choices.getFieldList().map((field) => {
        const choice = field.getFieldset();
        const offer = byOffer.get(choice.offerId.initialValue ?? "");
        if (!offer) return null;
        const { key, ...hidden } = getInputProps(choice.offerId, { type: "hidden" });
        return (
          <div key={field.key}>
            <input key={key} {...hidden} />
            <SelectField
              field={choice.eventTypeId}
              label={offer.title}
              hint={hintOf(offer)}
              placeholder="Not at Calendly"
              options={offer.options}
            />
          </div>
        );
      })}
      <RadioCards
        field={fields.intake}
        legend="When somebody books at your Calendly"
        hint="Of the event types chosen above, from now on, and not of sessions that you want to be asked for first."
        options={intakeChoices(payMinutes)}
      />
      <RadioCards
        field={fields.whenStale}
        legend={`When your calendar can’t be read for ${formatDuration(staleMinutes)}`}
        options={WHEN_STALE}
      />
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        Save
      </SubmitButton>
    </Form>
  );
}

function hintOf({ minutes, options }: OfferChoice): string {
  return options.length > 0
    ? `${minutes} minutes. As which event type it is booked at Calendly.`
    : `You have no event type of ${minutes} minutes at Calendly.`;
}
