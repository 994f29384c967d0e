import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import type { Session } from "~/features/bookings/bookings.server";

/** Tells both parties that the coach's own calendar has something else at this time. */
export function ClashNote({ session }: { session: Session }) {
  return (
    <Alert variant="warning">
      <AlertTitle>Another calendar has something at this time</AlertTitle>
      <AlertDescription>
        {session.party === "coach"
          ? "Your Calendly calendar was taken when this session was to be written there. The session stands: move one of the two, or write to your client."
          : `${session.counterpart_name}’s own calendar has something else then. Your session stands; your coach knows, and will write to you if it has to move.`}
      </AlertDescription>
    </Alert>
  );
}
