import { DateTime } from "~/components/date-time";
import { Section } from "~/components/page";

import type { Attendance } from "./attendance.server";
import { settledWords, type PaidWith } from "./attendance-words";
import { ObjectionForm } from "./objection-form";

type AttendanceNoteProps = {
  bookingId: string;
  attendance: Attendance;
  session: PaidWith & { /** The reader's. */ time_zone: string };
};

/** Who came to a session as far as we know, how that stands, and the way to say it was otherwise. */
export function AttendanceNote({ bookingId, attendance, session }: AttendanceNoteProps) {
  const { sentence, objection, objected_at, settled_at, objection_ends_at, may_object } =
    attendance;
  const standing = settledWords(attendance, session);
  return (
    <Section title="Who came" className="mt-0">
      <p className="leading-relaxed">{sentence}</p>
      {objection && objected_at ? (
        <div className="mt-4 border-l-2 pl-4">
          <p className="text-sm text-muted-foreground">
            Objection of <DateTime instant={objected_at} timeZone={session.time_zone} />
          </p>
          <p className="mt-1 whitespace-pre-line leading-relaxed">{objection}</p>
        </div>
      ) : null}
      {standing ? <p className="mt-4 text-muted-foreground">{standing}</p> : null}
      {settled_at === null && may_object ? (
        <div className="mt-6 space-y-4">
          <p>
            Was it otherwise? You can object until{" "}
            <DateTime instant={objection_ends_at} timeZone={session.time_zone} />. No money moves
            before that, and none while we look at it.
          </p>
          <ObjectionForm bookingId={bookingId} />
        </div>
      ) : null}
    </Section>
  );
}
