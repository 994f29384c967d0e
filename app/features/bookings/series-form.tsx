import type { SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { FieldFrame, hintIdOf } from "~/components/field-frame";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { Select } from "~/components/ui/select";
import { Textarea } from "~/components/ui/textarea";
import { CouponField } from "~/features/coupons/coupon-field";
import { OfferSummary } from "~/features/offers/offer-summary";
import type { OfferOnSale } from "~/features/offers/offers.server";
import { PolicyList } from "~/features/orders/policy-list";
import { cn } from "~/lib/class-names";
import { formatMoney } from "~/lib/format-money";

import { SeriesDateRow } from "./series-date-row";
import { isPossible, type SeriesDate } from "./series-words";

type SeriesFormProps = {
  offer: OfferOnSale;
  /** Whether tax comes on top of the price. */
  isTaxed: boolean;
  /** The weeks that are shown, in order. */
  dates: SeriesDate[];
  /** How many weeks there may be. */
  most: number;
  timeZone: string;
  /** What was written to the coach, and which code was typed, before. */
  note: string;
  coupon: string;
  /** The tab bar of signed-in people covers the foot of the screen on phones. */
  hasTabBar: boolean;
  lastResult: SubmissionResult<string[]> | undefined;
};

/**
 * Every date of a series, each to keep, to move or to skip: what is held is what is chosen here, and
 * a date that is taken has to be decided about.
 */
export function SeriesForm(props: SeriesFormProps) {
  const { offer, isTaxed, dates, most, timeZone, note, coupon, hasTabBar, lastResult } = props;
  const { sentDates, sentNote, sentCoupon } = readSent(lastResult);
  const errors = lastResult?.error ?? {};
  const isUndecided = Object.keys(errors).some((name) => name.startsWith("dates["));
  const firstName = offer.coach.display_name.split(" ")[0]!;
  const price = formatMoney(offer.price_cents, { alwaysCents: true });
  const possible = dates.filter(isPossible).length;
  const total = formatMoney(offer.price_cents * possible, { alwaysCents: true });

  return (
    <Form method="post" className="items-start gap-x-12 lg:grid lg:grid-cols-[1fr_21rem]">
      <div className="min-w-0 space-y-6">
        <FormErrors
          id="series-errors"
          errors={[
            ...(errors[""] ?? []),
            ...(isUndecided
              ? ["Not every week is decided: choose a time for it, or skip it."]
              : []),
          ]}
        />
        <WeeksField shown={dates.length} most={most} />
        <ol className="divide-y rounded-lg border bg-card">
          {dates.map((date, index) => (
            <SeriesDateRow
              key={date.startsAt}
              name={`dates[${index}]`}
              date={date}
              timeZone={timeZone}
              coachName={firstName}
              chosen={sentDates ? (sentDates[index] ?? null) : undefined}
              errors={errors[`dates[${index}]`] ?? undefined}
            />
          ))}
        </ol>
      </div>
      {/* On phones its parts are the form's own, so that the button can stay in sight. */}
      <div className="contents lg:sticky lg:top-6 lg:block lg:rounded-lg lg:border lg:bg-card">
        <div className="mt-10 space-y-6 border-t pt-8 lg:mt-0 lg:border-0 lg:p-6">
          <OfferSummary offer={offer} coachName={offer.coach.display_name} isTaxed={isTaxed} />
          <p className="text-[0.9375rem] text-muted-foreground">
            {price} for each session, {total} if you keep {possible}. You pay once.
          </p>
          <FieldFrame
            id="note"
            label={`What should ${firstName} know?`}
            hint="What is coming up, and what you want to walk out with."
            errors={errors["note"] ?? undefined}
            errorId="note-error"
            optional
          >
            <Textarea
              id="note"
              name="note"
              defaultValue={sentNote ?? note}
              aria-describedby={hintIdOf("note")}
              rows={4}
              maxLength={1000}
            />
          </FieldFrame>
          <CouponField sent={sentCoupon ?? coupon} errors={errors["coupon"] ?? undefined} />
          <details className="group/policy text-[0.9375rem]">
            <summary className="text-link inline-flex min-h-9 items-center">
              If plans change
            </summary>
            <div className="pt-2">
              <p className="mb-1.5 text-muted-foreground">This holds for each session by itself.</p>
              <PolicyList policy={offer.coach.policy} />
            </div>
          </details>
        </div>
        <div
          className={cn(
            "sticky -mx-5 mt-6 border-t bg-background px-5 py-4 sm:mx-0 sm:px-0 lg:static lg:mt-0 lg:rounded-b-lg lg:bg-card lg:px-6",
            hasTabBar ? "bottom-[calc(4rem+env(safe-area-inset-bottom))]" : "bottom-0",
          )}
        >
          <SubmitButton size="lg" className="w-full" pendingLabel="Holding your dates…">
            Hold these dates
          </SubmitButton>
          <p className="mt-2 hidden text-center text-sm text-muted-foreground lg:block">
            You see them once more with the price before you pay.
          </p>
        </div>
      </div>
    </Form>
  );
}

/** How many weeks; the ones that are shown go along, so that no others are taken unseen. */
function WeeksField({ shown, most }: { shown: number; most: number }) {
  const choices = Array.from({ length: Math.max(most - 1, 1) }, (_, index) => index + 2);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="shown" value={shown} />
      <FieldFrame id="weeks" label="How many weeks?" errorId="weeks-error" className="w-44">
        <Select id="weeks" name="weeks" defaultValue={shown}>
          {choices.map((weeks) => (
            <option key={weeks} value={weeks}>
              {weeks} weeks
            </option>
          ))}
        </Select>
      </FieldFrame>
      <SubmitButton variant="outline" className="h-12" formNoValidate>
        Show the dates
      </SubmitButton>
    </div>
  );
}

/** What was sent and refused; undefined when nothing was. */
function readSent(lastResult: SubmissionResult<string[]> | undefined) {
  const dates = lastResult?.initialValue?.["dates"];
  const note = lastResult?.initialValue?.["note"];
  const coupon = lastResult?.initialValue?.["coupon"];
  return {
    sentDates: lastResult ? (Array.isArray(dates) ? dates.map(String) : []) : undefined,
    sentNote: typeof note === "string" ? note : undefined,
    sentCoupon: typeof coupon === "string" ? coupon : undefined,
  };
}
