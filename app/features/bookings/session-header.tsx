import { TimeSpan } from "~/components/date-time";
import { PageHeader } from "~/components/page";
import { Badge } from "~/components/ui/badge";
import { coachDeskPath, sessionsPath } from "~/lib/paths";

import { statusBadge } from "./booking-status";
import type { Session } from "./bookings.server";

/** What a session is, with whom, when, and how it stands. */
export function SessionHeader({ session }: { session: Session }) {
  const badge = statusBadge(session.status);
  const isClient = session.party === "client";
  return (
    <PageHeader
      above={
        <a href={isClient ? sessionsPath() : coachDeskPath()} className="hover:underline">
          {isClient ? "My sessions" : "Coach desk"}
        </a>
      }
      title={session.offer_title}
      lead={
        <>
          with {session.counterpart_name}
          {session.session_count > 1
            ? `, session ${session.session_position} of ${session.session_count}`
            : ""}
          <span className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2 text-base text-foreground">
            <TimeSpan
              start={session.starts_at}
              end={session.ends_at}
              timeZone={session.time_zone}
            />
            <Badge variant={badge.look}>{badge.label}</Badge>
          </span>
        </>
      }
    />
  );
}
