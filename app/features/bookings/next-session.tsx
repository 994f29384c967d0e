import { TimeSpan } from "~/components/date-time";
import { Button } from "~/components/ui/button";
import { bookingCalendarPath, bookingJoinPath, bookingPath } from "~/lib/paths";

import type { ListedSession } from "./bookings.server";

type NextSessionProps = { session: ListedSession; timeZone: string };

/** The session that comes next, and the way into it once its door is open. */
export function NextSession({ session, timeZone }: NextSessionProps) {
  return (
    <section
      aria-labelledby="next-session"
      className="rounded-lg bg-plan px-6 py-7 text-plan-foreground sm:px-8"
    >
      <p className="text-[0.9375rem] text-plan-muted">
        {session.is_joinable ? "The meeting is open" : "Next"}
      </p>
      <h2 id="next-session" className="mt-1 text-display-md">
        {session.offer_title}
      </h2>
      <p className="mt-1 text-lg">with {session.counterpart_name}</p>
      <p className="mt-4 [&_span]:text-plan-muted">
        <TimeSpan start={session.starts_at} end={session.ends_at} timeZone={timeZone} />
      </p>
      <div className="mt-6 flex flex-wrap gap-x-5 gap-y-3">
        {session.is_joinable ? (
          <Button asChild variant="lamp" size="lg">
            <a href={bookingJoinPath(session.booking_id)}>Join on Zoom</a>
          </Button>
        ) : null}
        <Button asChild variant={session.is_joinable ? "outline" : "lamp"} size="lg">
          <a href={bookingPath(session.booking_id)}>Details</a>
        </Button>
        <a
          href={bookingCalendarPath(session.booking_id)}
          download
          className="inline-flex min-h-11 items-center font-medium underline decoration-plan-muted underline-offset-4 hover:decoration-2"
        >
          Add to calendar
        </a>
      </div>
    </section>
  );
}
