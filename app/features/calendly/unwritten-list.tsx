import { TimeSpan } from "~/components/date-time";
import { Row, RowList } from "~/components/row-list";
import { bookingPath } from "~/lib/paths";

import type { UnwrittenSession } from "./booked-there.server";

type UnwrittenListProps = { sessions: UnwrittenSession[]; timeZone: string };

/** For the coach: what could not be written at Calendly, and what to do about it. */
export function UnwrittenList({ sessions, timeZone }: UnwrittenListProps) {
  return (
    <RowList>
      {sessions.map((session) => (
        <Row
          key={session.booking_id}
          title={
            <a href={bookingPath(session.booking_id)} className="hover:underline">
              {session.offer_title} with {session.client_name}
            </a>
          }
        >
          <p>
            <TimeSpan start={session.starts_at} end={session.ends_at} timeZone={timeZone} />
          </p>
          <p>{session.problem === "plan" ? PLAN : PLACE}</p>
        </Row>
      ))}
    </RowList>
  );
}

const PLAN =
  "Your plan at Calendly does not let us book for you. Upgrade it there, or block the time yourself.";
const PLACE =
  "The event type asks for a place we can’t give, such as your client’s phone number. At Calendly, choose “Ask invitee” or a video call as its location, or block the time yourself.";
