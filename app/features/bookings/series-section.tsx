import { TimeSpan } from "~/components/date-time";
import { Section } from "~/components/page";
import { Badge } from "~/components/ui/badge";
import { bookingPath } from "~/lib/paths";

import { statusBadge } from "./booking-status";
import type { SeriesSession } from "./series.server";

type SeriesSectionProps = {
  /** All of an order, in order of time. */
  sessions: SeriesSession[];
  /** The one whose page this is. */
  currentId: string;
  timeZone: string;
};

/** The sessions of a series, on the page of one of them. */
export function SeriesSection({ sessions, currentId, timeZone }: SeriesSectionProps) {
  return (
    <Section title="The whole series">
      <ol className="divide-y rounded-lg border bg-card">
        {sessions.map(({ id, status, starts_at, ends_at }) => {
          const badge = statusBadge(status);
          const span = <TimeSpan start={starts_at} end={ends_at} timeZone={timeZone} />;
          return (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3 text-[0.9375rem]"
            >
              {id === currentId ? (
                <span aria-current="page" className="font-semibold">
                  {span}
                </span>
              ) : (
                <a href={bookingPath(id)} className="hover:underline">
                  {span}
                </a>
              )}
              <Badge variant={badge.look}>{badge.label}</Badge>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
