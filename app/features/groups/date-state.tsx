import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import { Button } from "~/components/ui/button";
import { bookingHostPath, bookingJoinPath, callOffDatePath } from "~/lib/paths";

import type { CoachDate } from "./coach-dates.server";

type DateStateProps = { dateId: string; date: CoachDate; hasBegun: boolean };

/** How a date stands, and what its coach can do about it now. */
export function DateState({ dateId, date, hasBegun }: DateStateProps) {
  if (date.called_off_at) {
    return (
      <Alert className="px-5 py-4">
        <AlertTitle className="text-base">You called this date off</AlertTitle>
        <AlertDescription>
          {date.call_off_reason ? <p>“{date.call_off_reason}”</p> : null}
          <p>Whoever had a seat was told, and gets all of their money back.</p>
        </AlertDescription>
      </Alert>
    );
  }
  if (date.is_joinable && date.door_booking_id) {
    return (
      <Alert variant="success" className="px-5 py-4">
        <AlertTitle className="text-base">The meeting is open</AlertTitle>
        <AlertDescription className="space-y-3">
          <Button asChild variant="lamp" size="lg">
            <a href={bookingJoinPath(date.door_booking_id)}>Join on Zoom</a>
          </Button>
          <p>
            To mute, share or end for all,{" "}
            <a className="underline" href={bookingHostPath(date.door_booking_id)}>
              open it as the host
            </a>
            .
          </p>
        </AlertDescription>
      </Alert>
    );
  }
  if (hasBegun) return null;
  return (
    <div className="space-y-4">
      <p className="max-w-prose text-muted-foreground">
        You all meet in one Zoom meeting. It is made when the first seat is paid, and the button to
        join appears here shortly before the start.
      </p>
      <Button asChild variant="outline">
        <a href={callOffDatePath(dateId)}>Call this date off</a>
      </Button>
    </div>
  );
}
