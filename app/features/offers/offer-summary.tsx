import { formatDuration } from "~/lib/format-date";
import { formatPrice } from "~/lib/format-money";

type OfferSummaryProps = {
  offer: { title: string; duration_minutes: number; price_cents: number };
  coachName: string;
};

/** What is being bought, in three lines. */
export function OfferSummary({ offer, coachName }: OfferSummaryProps) {
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
      <p className="font-display text-display-sm font-[550] tabular-nums">
        {formatPrice(offer.price_cents)}
      </p>
    </div>
  );
}
