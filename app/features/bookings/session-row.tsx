import { TimeSpan } from "~/components/date-time";
import { Row } from "~/components/row-list";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { DateTile } from "~/features/bookings/date-tile";
import { bookingCheckoutPath, bookingPath, bookingReviewPath } from "~/lib/paths";

import { statusBadge } from "./booking-status";
import type { ListedSession } from "./bookings.server";

type SessionRowProps = { session: ListedSession; timeZone: string };

/** A session in "My sessions". */
export function SessionRow({ session, timeZone }: SessionRowProps) {
  const badge = statusBadge(session.status);
  return (
    <Row
      lead={<DateTile instant={session.starts_at} timeZone={timeZone} />}
      title={
        <a href={bookingPath(session.booking_id)} className="hover:underline">
          {session.offer_title}
        </a>
      }
      trail={
        <>
          <Badge variant={badge.look}>{session.is_reviewable ? "Review due" : badge.label}</Badge>
          {session.status === "held" ? (
            <Button asChild size="sm">
              <a href={bookingCheckoutPath(session.booking_id)}>Pay</a>
            </Button>
          ) : null}
          {session.is_reviewable ? (
            <Button asChild size="sm" variant="outline">
              <a href={bookingReviewPath(session.booking_id)}>Review</a>
            </Button>
          ) : null}
        </>
      }
    >
      <p>
        with {session.counterpart_name}
        {session.session_count > 1
          ? `, session ${session.session_position} of ${session.session_count}`
          : ""}
      </p>
      <TimeSpan start={session.starts_at} end={session.ends_at} timeZone={timeZone} />
    </Row>
  );
}
