import { EmptyState } from "~/components/empty-state";
import { Button } from "~/components/ui/button";
import type { OfferOnSale } from "~/features/offers/offers.server";
import { coachPath } from "~/lib/paths";

type NoFreeTimesProps = {
  offer: OfferOnSale;
  /** The day of the next free time after the week that is shown; null when there is none. */
  nextDay: string | null;
  toWeek: (day: string) => string;
};

/** In place of a week's times when it has none. */
export function NoFreeTimes({ offer, nextDay, toWeek }: NoFreeTimesProps) {
  const { slug, display_name: coachName } = offer.coach;
  return (
    <EmptyState
      title="Nothing is free on these days"
      action={
        nextDay ? (
          <Button asChild>
            <a href={toWeek(nextDay)}>Go to the next free time</a>
          </Button>
        ) : (
          <Button asChild>
            <a href={coachPath(slug)}>Back to {coachName}</a>
          </Button>
        )
      }
    >
      <p>
        {nextDay
          ? `${coachName} is booked or away then.`
          : `${coachName} has no free time for this session in the weeks that can be booked. You can write to them and ask.`}
      </p>
    </EmptyState>
  );
}
