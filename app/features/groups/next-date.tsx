import { TimeSpan } from "~/components/date-time";
import { Button } from "~/components/ui/button";
import type { ListedDate } from "~/features/bookings/bookings.server";
import { coachDatePath } from "~/lib/paths";

import { seatsTakenWords } from "./seat-words";

type NextDateProps = { date: ListedDate; timeZone: string };

/** The date of a group session that comes next, for its coach. */
export function NextDate({ date, timeZone }: NextDateProps) {
  return (
    <section
      aria-labelledby="next-session"
      className="rounded-lg bg-plan px-6 py-7 text-plan-foreground sm:px-8"
    >
      <p className="text-[0.9375rem] text-plan-muted">Next</p>
      <h2 id="next-session" className="mt-1 text-display-md">
        {date.offer_title}
      </h2>
      <p className="mt-1 text-lg">{seatsTakenWords(date.seats_taken, date.seats)}</p>
      <p className="mt-4 [&_span]:text-plan-muted">
        <TimeSpan start={date.starts_at} end={date.ends_at} timeZone={timeZone} />
      </p>
      <div className="mt-6">
        <Button asChild variant="lamp" size="lg">
          <a href={coachDatePath(date.group_date_id)}>Details</a>
        </Button>
      </div>
    </section>
  );
}
