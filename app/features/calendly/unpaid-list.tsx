import { DateTime, TimeSpan } from "~/components/date-time";
import { Row, RowList } from "~/components/row-list";
import { Badge } from "~/components/ui/badge";

import type { UnpaidBooking } from "./booked-there.server";

type UnpaidListProps = { bookings: UnpaidBooking[]; timeZone: string };

/** For the coach: who booked at Calendly and has not paid yet, and what clashes with a session. */
export function UnpaidList({ bookings, timeZone }: UnpaidListProps) {
  return (
    <RowList>
      {bookings.map((booking) => (
        <Row
          key={booking.id}
          title={booking.name}
          trail={
            booking.status === "clash" ? (
              <Badge variant="lamp">Clashes with a session</Badge>
            ) : (
              <Badge variant="outline">Waiting for payment</Badge>
            )
          }
        >
          <p>{booking.offer_title}</p>
          <p>
            <TimeSpan start={booking.starts_at} end={booking.ends_at} timeZone={timeZone} />
          </p>
          {booking.status === "clash" ? (
            <p>
              You have a session here at this time. {booking.name} was asked to choose another one.
            </p>
          ) : (
            <p>
              Called off if it is not paid by{" "}
              <DateTime instant={booking.pay_by} timeZone={timeZone} />.
            </p>
          )}
        </Row>
      ))}
    </RowList>
  );
}
