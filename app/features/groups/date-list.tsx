import { TimeSpan } from "~/components/date-time";
import { Row, RowList } from "~/components/row-list";
import { DateTile } from "~/features/bookings/date-tile";

import type { ComingDate } from "./groups.server";
import { seatsLeftWords } from "./seat-words";

type DateListProps = { dates: ComingDate[]; timeZone: string };

/** Dates at which the reader can take no seat: they have one, or there is none left. */
export function DateList({ dates, timeZone }: DateListProps) {
  return (
    <RowList>
      {dates.map((date) => (
        <Row
          key={date.group_date_id}
          lead={<DateTile instant={date.starts_at} timeZone={timeZone} />}
          title={<TimeSpan start={date.starts_at} end={date.ends_at} timeZone={timeZone} />}
        >
          {date.is_mine ? "You have a seat." : `${seatsLeftWords(date.seats_left)}.`}
        </Row>
      ))}
    </RowList>
  );
}
