import { DateTime } from "~/components/date-time";
import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";

type UnreadNoteProps = { coachName: string; since: string; timeZone: string };

/** Tells who is about to book that the coach's other calendar may know better. */
export function UnreadNote({ coachName, since, timeZone }: UnreadNoteProps) {
  return (
    <Alert variant="warning" className="mb-8">
      <AlertTitle>These times may change</AlertTitle>
      <AlertDescription>
        {coachName}’s own calendar could not be read since{" "}
        <DateTime instant={since} timeZone={timeZone} />. You can book; if the time turns out to be
        taken, your coach will write to you.
      </AlertDescription>
    </Alert>
  );
}
