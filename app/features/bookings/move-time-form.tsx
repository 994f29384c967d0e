import { Form } from "@remix-run/react";

import { SlotPicker } from "~/components/slot-picker";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { bookingMovePath, bookingPath, type Scope } from "~/lib/paths";
import type { Slot } from "~/lib/group-by-day";

type MoveTimeFormProps = {
  bookingId: string;
  /** In order of time; at least one. */
  slots: Slot[];
  timeZone: string;
  /** The first day of the week that is shown, to come back to. */
  week: string;
  scope: Scope;
  /** What was written to the other party before another time had to be chosen. */
  reason: string;
  errorId: string;
};

/** Choosing a new time: a plain question, whose answer is the page that says what changes. */
export function MoveTimeForm(props: MoveTimeFormProps) {
  const { bookingId, slots, timeZone, week, scope, reason, errorId } = props;
  return (
    <Form method="get" action={bookingMovePath(bookingId)} className="space-y-8">
      <input type="hidden" name="week" value={week} />
      {scope ? <input type="hidden" name="scope" value={scope} /> : null}
      {reason ? <input type="hidden" name="reason" value={reason} /> : null}
      <SlotPicker slots={slots} timeZone={timeZone} name="slot" errorId={errorId} />
      {/* On phones above the tab bar, because the list is long. */}
      <div className="sticky bottom-[calc(4rem+env(safe-area-inset-bottom))] -mx-5 flex flex-wrap gap-3 border-t bg-background px-5 py-4 sm:mx-0 sm:px-0 lg:static lg:border-0 lg:py-0">
        <SubmitButton size="lg" pendingLabel="One moment…">
          See what changes
        </SubmitButton>
        <Button asChild variant="outline" size="lg">
          <a href={bookingPath(bookingId)}>Keep the time</a>
        </Button>
      </div>
    </Form>
  );
}
