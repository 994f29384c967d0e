import { EmptyState } from "~/components/empty-state";
import { Button } from "~/components/ui/button";
import { bookingPath } from "~/lib/paths";

type NoMoveTimesProps = {
  bookingId: string;
  /** A seat moves to another date of its group session. */
  isSeat: boolean;
  /** The day of the next free time after the week that is shown; null when there is none. */
  nextDay: string | null;
  toWeek: (day: string) => string;
};

/** In place of a week's times when there is none to move to. */
export function NoMoveTimes({ bookingId, isSeat, nextDay, toWeek }: NoMoveTimesProps) {
  return (
    <EmptyState
      title={isSeat ? "No other date has a seat left" : "Nothing is free on these days"}
      action={
        <Button asChild>
          <a href={nextDay ? toWeek(nextDay) : bookingPath(bookingId)}>
            {nextDay ? "Go to the next free time" : "Back to the session"}
          </a>
        </Button>
      }
    >
      <p>
        {isSeat
          ? "Your coach may schedule another one, and somebody may give up their seat. You can cancel yours, or write to your coach."
          : nextDay
            ? "The coach is booked or away then."
            : "There is no free time in the weeks that can be booked. You can write to each other and agree on one."}
      </p>
    </EmptyState>
  );
}
