import { getFormProps, getTextareaProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { FieldFrame } from "~/components/field-frame";
import { FormErrors } from "~/components/form-errors";
import { SlotPicker } from "~/components/slot-picker";
import { SubmitButton } from "~/components/submit-button";
import { Textarea } from "~/components/ui/textarea";
import { CouponField } from "~/features/coupons/coupon-field";
import { OfferSummary } from "~/features/offers/offer-summary";
import type { OfferOnSale } from "~/features/offers/offers.server";
import { PolicyList } from "~/features/orders/policy-list";
import { cn } from "~/lib/class-names";
import { formatShortDate, formatTime } from "~/lib/format-date";
import type { Slot } from "~/lib/group-by-day";
import { useHydrated } from "~/lib/use-hydrated";

type BookFormProps = {
  offer: OfferOnSale;
  /** Whether tax comes on top of the price. */
  isTaxed: boolean;
  /** In order of time; at least one. */
  slots: Slot[];
  timeZone: string;
  /** What the address says was chosen and written before. */
  wanted: { slot: string | null; note: string; coupon: string };
  /** The tab bar of signed-in people covers the foot of the screen on phones. */
  hasTabBar: boolean;
  lastResult: SubmissionResult<string[]> | undefined;
};

/** Choosing a time and writing to the coach: one form, so that neither is lost with the other. */
export function BookForm(props: BookFormProps) {
  const { offer, isTaxed, slots, timeZone, wanted, hasTabBar, lastResult } = props;
  const [form, fields] = useForm<{ slot: string; note?: string; coupon?: string }>({
    lastResult,
    defaultValue: { slot: wanted.slot ?? "", note: wanted.note, coupon: wanted.coupon },
    constraint: { slot: { required: true } },
    defaultNoValidate: false,
  });
  const isFree = offer.price_cents === 0;
  const chosen = slotAt(slots, fields.slot.value);
  // Without scripts this could only name the time that was chosen at first.
  const isHydrated = useHydrated();
  const { key: noteKey, ...note } = getTextareaProps(fields.note);

  return (
    <Form
      method="post"
      {...getFormProps(form)}
      className="items-start gap-x-12 lg:grid lg:grid-cols-[1fr_21rem]"
    >
      <div className="min-w-0 space-y-5">
        <FormErrors
          id={form.errorId}
          errors={[...(form.errors ?? []), ...(fields.slot.errors ?? [])]}
        />
        <SlotPicker
          slots={slots}
          timeZone={timeZone}
          name={fields.slot.name}
          chosen={chosen?.startsAt}
          errorId={form.errorId}
        />
      </div>
      {/* On phones its parts are the form's own, so that the button can stay in sight. */}
      <div className="contents lg:sticky lg:top-6 lg:block lg:rounded-lg lg:border lg:bg-card">
        <div className="mt-10 space-y-6 border-t pt-8 lg:mt-0 lg:border-0 lg:p-6">
          <OfferSummary offer={offer} coachName={offer.coach.display_name} isTaxed={isTaxed} />
          <FieldFrame
            id={fields.note.id}
            label={`What should ${firstWord(offer.coach.display_name)} know?`}
            hint="What is coming up, and what you want to walk out with."
            errors={fields.note.errors}
            errorId={fields.note.errorId}
            optional
          >
            <Textarea
              key={noteKey}
              {...note}
              aria-describedby={`${fields.note.id}-hint`}
              rows={4}
              maxLength={1000}
            />
          </FieldFrame>
          {isFree ? null : (
            <CouponField sent={fields.coupon.initialValue} errors={fields.coupon.errors} />
          )}
          {isFree ? null : (
            <details className="group/policy text-[0.9375rem]">
              <summary className="text-link inline-flex min-h-9 items-center">
                If plans change
              </summary>
              <div className="pt-2">
                <PolicyList policy={offer.coach.policy} />
              </div>
            </details>
          )}
        </div>
        <div
          className={cn(
            "sticky -mx-5 mt-6 border-t bg-background px-5 py-4 sm:mx-0 sm:px-0 lg:static lg:mt-0 lg:rounded-b-lg lg:bg-card lg:px-6",
            hasTabBar ? "bottom-[calc(4rem+env(safe-area-inset-bottom))]" : "bottom-0",
          )}
        >
          {isHydrated && chosen ? <ChosenTime slot={chosen} timeZone={timeZone} /> : null}
          <SubmitButton
            size="lg"
            className="w-full"
            pendingLabel={isFree ? "Booking it…" : "Holding your time…"}
          >
            {isFree ? "Book this time" : "Hold this time"}
          </SubmitButton>
          {offer.kind === "session" ? (
            <SubmitButton
              variant="ghost"
              className="mt-1 w-full"
              name="repeat"
              value="weekly"
              pendingLabel="One moment…"
            >
              Repeat it every week
            </SubmitButton>
          ) : null}
          <p className="mt-2 hidden text-center text-sm text-muted-foreground lg:block">
            {isFree
              ? "It is free, and yours at once."
              : "You pay on the next page. Nobody else can take the time meanwhile."}
          </p>
        </div>
      </div>
    </Form>
  );
}

/** The chosen time beside the button, which on phones is far from the list. */
function ChosenTime({ slot, timeZone }: { slot: Slot; timeZone: string }) {
  return (
    <p className="mb-2 text-center font-medium">
      {formatShortDate(slot.startsAt, timeZone)}, {formatTime(slot.startsAt, timeZone)}
    </p>
  );
}

/** The same instant can be written in more than one way. */
function slotAt(slots: Slot[], startsAt: string | undefined): Slot | undefined {
  if (!startsAt) return undefined;
  const instant = Date.parse(startsAt);
  return slots.find((slot) => Date.parse(slot.startsAt) === instant);
}

function firstWord(text: string): string {
  return text.split(" ")[0]!;
}
