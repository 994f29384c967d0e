import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { RadioCards, SwitchCard } from "~/components/choice-field";
import { TimeSpan } from "~/components/date-time";
import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { CouponField } from "~/features/coupons/coupon-field";
import { OfferSummary } from "~/features/offers/offer-summary";
import type { OfferOnSale } from "~/features/offers/offers.server";
import { PolicyList } from "~/features/orders/policy-list";

import type { ComingDate } from "./groups.server";
import { seatsLeftWords } from "./seat-words";

type SeatFormProps = {
  offer: OfferOnSale;
  /** Whether tax comes on top of the price. */
  isTaxed: boolean;
  /** Those with a seat left, in order of time; at least one. */
  dates: ComingDate[];
  timeZone: string;
  /** What the address says was chosen and written before. */
  wanted: { date: string | null; note: string; coupon: string };
  lastResult: SubmissionResult<string[]> | undefined;
};

type Fields = { date: string; note?: string; coupon?: string; showName?: boolean };

/** Choosing a date, writing to the coach and saying whether the others may know one's name. */
export function SeatForm(props: SeatFormProps) {
  const { offer, isTaxed, dates, timeZone, wanted, lastResult } = props;
  const [form, fields] = useForm<Fields>({
    lastResult,
    defaultValue: { date: wanted.date ?? "", note: wanted.note, coupon: wanted.coupon },
    constraint: { date: { required: true } },
    defaultNoValidate: false,
  });
  const coachName = offer.coach.display_name;

  return (
    <Form
      method="post"
      {...getFormProps(form)}
      className="items-start gap-x-12 lg:grid lg:grid-cols-[1fr_21rem]"
    >
      <div className="min-w-0 space-y-8">
        <FormErrors id={form.errorId} errors={form.errors} />
        <RadioCards
          field={fields.date}
          legend="Which date"
          options={dates.map((date) => ({
            value: date.group_date_id,
            label: <TimeSpan start={date.starts_at} end={date.ends_at} timeZone={timeZone} />,
            description: seatsLeftWords(date.seats_left),
          }))}
        />
        <TextareaField
          field={fields.note}
          label={`What should ${coachName.split(" ")[0]} know?`}
          hint="Only your coach reads it. You can leave it empty."
          rows={3}
        />
        <SwitchCard
          field={fields.showName}
          label="Show my name to the others who come"
          description="Those who agree as well read your name, and you theirs. You can change your mind on your session’s page. Without it only your coach knows who you are, and Zoom calls you “Guest”."
        />
        <p className="max-w-prose text-[0.9375rem] text-muted-foreground">
          In the meeting on Zoom everybody can see and hear who is there, as in any room.
        </p>
      </div>
      <div className="mt-10 space-y-6 border-t pt-8 lg:sticky lg:top-6 lg:mt-0 lg:rounded-lg lg:border lg:bg-card lg:p-6">
        <OfferSummary offer={offer} coachName={coachName} isTaxed={isTaxed} />
        <CouponField sent={fields.coupon.initialValue} errors={fields.coupon.errors} />
        <details className="group/policy text-[0.9375rem]">
          <summary className="text-link inline-flex min-h-9 items-center">If plans change</summary>
          <div className="pt-2">
            <PolicyList policy={offer.coach.policy} />
          </div>
        </details>
        <SubmitButton size="lg" className="w-full" pendingLabel="Holding your seat…">
          Hold this seat
        </SubmitButton>
        <p className="text-center text-sm text-muted-foreground">
          You pay on the next page. Nobody else can take the seat meanwhile.
        </p>
      </div>
    </Form>
  );
}
