import { DateTime } from "~/components/date-time";
import { Checkbox } from "~/components/ui/checkbox";
import { formatMoney, formatPrice } from "~/lib/format-money";

type PayChoiceProps = {
  parts: { words: string; words_sha256: string; due_dates: string[]; amounts_cents: number[] };
  priceCents: number;
  /** The reader's. */
  timeZone: string;
  chosen: "once" | "parts";
  /** Why it was refused: not agreed, or the words have changed. */
  errors: string[] | undefined;
};

const CARD =
  "flex min-h-11 cursor-pointer items-start gap-3 rounded-md border border-input/60 bg-card px-4 py-3.5 has-[:checked]:border-primary has-[:checked]:bg-accent has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-ring";

/**
 * Whether a package is paid at once or in parts: each part with its date and amount, and a box of its own,
 * never ticked before, by which somebody agrees to be charged for them.
 */
export function PayChoice({ parts, priceCents, timeZone, chosen, errors }: PayChoiceProps) {
  const amounts = parts.amounts_cents.map((cents) => formatMoney(cents, { alwaysCents: true }));
  const [first, second] = amounts;
  return (
    <fieldset className="space-y-3">
      <legend className="mb-3 font-sans text-[0.9375rem] font-semibold">How you pay</legend>
      <label className={CARD}>
        <Checkbox
          type="radio"
          name="pay"
          value="once"
          defaultChecked={chosen === "once"}
          className="mt-0.5"
        />
        <span className="font-medium">{formatPrice(priceCents)} at once</span>
      </label>
      <label htmlFor="pay-parts" className={CARD}>
        <Checkbox
          id="pay-parts"
          type="radio"
          name="pay"
          value="parts"
          defaultChecked={chosen === "parts"}
          className="mt-0.5"
        />
        <span className="grow">
          <span className="font-medium">
            {first === second
              ? `${amounts.length} monthly payments of ${first}`
              : `A deposit of ${first}, then ${countWords(amounts.length - 1)} of ${second}`}
          </span>
          <span className="mt-2 block space-y-1 text-[0.9375rem] text-muted-foreground">
            {parts.due_dates.map((due, index) => (
              <span key={due} className="flex justify-between gap-6">
                <span>
                  {index === 0 ? (
                    "Today"
                  ) : (
                    <DateTime instant={due} timeZone={timeZone} format="medium-date" />
                  )}
                </span>
                <span className="tabular-nums">{amounts[index]}</span>
              </span>
            ))}
          </span>
        </span>
      </label>
      <input type="hidden" name="wordsSha256" value={parts.words_sha256} />
      <label className={CARD}>
        <Checkbox
          name="agree"
          value="on"
          aria-describedby={errors ? "agree-error" : undefined}
          aria-invalid={errors ? true : undefined}
          className="mt-0.5"
        />
        <span className="text-[0.9375rem] leading-relaxed">
          <span className="font-medium">Only for monthly payments:</span> {parts.words}
        </span>
      </label>
      {errors ? (
        <p id="agree-error" className="text-[0.9375rem] font-medium text-destructive">
          {errors}
        </p>
      ) : null}
    </fieldset>
  );
}

function countWords(payments: number): string {
  return payments === 1 ? "one payment" : `${payments} monthly payments`;
}
