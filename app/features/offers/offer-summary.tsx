import { PlusTax } from "~/components/plus-tax";
import { formatDuration } from "~/lib/format-date";
import { formatPrice } from "~/lib/format-money";

type OfferSummaryProps = {
  offer: { title: string; duration_minutes: number; price_cents: number };
  coachName: string;
  /** Whether tax comes on top of prices. */
  isTaxed: boolean;
};

/** What is being bought, in three lines. */
export function OfferSummary({ offer, coachName, isTaxed }: OfferSummaryProps) {
  return (
    <div className="flex items-start justify-between gap-6">
      <div>
        <p className="font-display text-lg font-[550] leading-snug tracking-[-0.01em]">
          {offer.title}
        </p>
        <p className="mt-1 text-[0.9375rem] text-muted-foreground">
          with {coachName}, {formatDuration(offer.duration_minutes)}
        </p>
      </div>
      <p className="text-right font-display text-display-sm font-[550] tabular-nums">
        {formatPrice(offer.price_cents)}
        <PlusTax isTaxed={isTaxed && offer.price_cents > 0} />
      </p>
    </div>
  );
}
