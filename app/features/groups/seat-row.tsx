import { Row } from "~/components/row-list";
import { Badge } from "~/components/ui/badge";
import { statusBadge } from "~/features/bookings/booking-status";
import { bookingPath } from "~/lib/paths";

import type { DateSeat } from "./coach-dates.server";

/** Somebody with a seat at a date, for its coach. */
export function SeatRow({ seat }: { seat: DateSeat }) {
  const badge = statusBadge(seat.status);
  return (
    <Row
      title={
        <a href={bookingPath(seat.booking_id)} className="hover:underline">
          {seat.client_name}
        </a>
      }
      trail={<Badge variant={badge.look}>{badge.label}</Badge>}
    >
      {seat.note ? <p className="line-clamp-2 max-w-2xl">{seat.note}</p> : null}
      <p>{seat.is_name_shown ? "Shows their name to the others" : "Unnamed to the others"}</p>
    </Row>
  );
}
