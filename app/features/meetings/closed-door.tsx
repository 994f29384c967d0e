import { Page } from "~/components/page";
import { Button } from "~/components/ui/button";
import { bookingPath } from "~/lib/paths";

type ClosedDoorProps = {
  bookingId: string;
  /** Why nobody can come in. */
  message: string;
  /** Where to try again, or null when it is too late for that. */
  retryPath: string | null;
};

/** The page of a meeting that can't be joined now: why, and what to do instead. */
export function ClosedDoor({ bookingId, message, retryPath }: ClosedDoorProps) {
  return (
    <Page width="narrow" className="py-16 sm:py-24">
      <h1 className="text-display-md sm:text-display-lg">
        {retryPath ? "Not quite yet" : "This meeting is closed"}
      </h1>
      <p className="mt-4 text-lg leading-relaxed text-muted-foreground">{message}</p>
      <div className="mt-8 flex flex-wrap gap-3">
        {retryPath ? (
          <Button asChild>
            <a href={retryPath}>Try again</a>
          </Button>
        ) : null}
        <Button asChild variant="outline">
          <a href={bookingPath(bookingId)}>Back to the session</a>
        </Button>
      </div>
    </Page>
  );
}
