import { Badge } from "~/components/ui/badge";
import { cn } from "~/lib/class-names";
import { formatDayName } from "~/lib/format-day";
import { formatTimeRange, localDay } from "~/lib/format-date";

import { statusBadge } from "./booking-status";
import type { CalendarWeek, CoachSession } from "./coach-week.server";

type CoachCalendarProps = {
  week: Pick<CalendarWeek, "days" | "today">;
  sessions: CoachSession[];
  timeZone: string;
};

/** A week of sessions: seven columns, or on phones the days under each other. */
export function CoachCalendar({ week, sessions, timeZone }: CoachCalendarProps) {
  return (
    <ol className="divide-y overflow-hidden rounded-lg border bg-card lg:grid lg:grid-cols-7 lg:divide-x lg:divide-y-0">
      {week.days.map((day) => (
        <Day
          key={day}
          day={day}
          isToday={day === week.today}
          isOver={day < week.today}
          sessions={sessions.filter((session) => localDay(session.startsAt, timeZone) === day)}
          timeZone={timeZone}
        />
      ))}
    </ol>
  );
}

type DayProps = {
  day: string;
  isToday: boolean;
  isOver: boolean;
  sessions: CoachSession[];
  timeZone: string;
};

function Day({ day, isToday, isOver, sessions, timeZone }: DayProps) {
  const name = formatDayName(day);
  return (
    <li
      aria-current={isToday ? "date" : undefined}
      className={cn(
        "flex gap-4 px-4 py-3 lg:min-h-60 lg:flex-col lg:gap-3 lg:px-2.5 lg:py-4",
        isOver && "bg-muted/50",
      )}
    >
      <h3 className="w-16 shrink-0 font-sans text-sm lg:w-auto lg:px-1">
        <span className="sr-only">{name.full}</span>
        <span aria-hidden className="block text-muted-foreground">
          {name.weekday}
        </span>
        <span
          aria-hidden
          className={cn(
            "mt-0.5 inline-block whitespace-nowrap font-display text-lg font-[550]",
            isToday && "-ml-1.5 rounded-sm bg-lamp px-1.5 text-lamp-foreground",
          )}
        >
          {name.short}
        </span>
      </h3>
      {sessions.length > 0 ? (
        <ul className="min-w-0 flex-1 space-y-2">
          {sessions.map((session) => (
            <li key={session.id}>
              <SessionBlock session={session} timeZone={timeZone} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="self-center text-[0.9375rem] text-muted-foreground lg:sr-only">
          Nothing booked
        </p>
      )}
    </li>
  );
}

function SessionBlock({ session, timeZone }: { session: CoachSession; timeZone: string }) {
  const badge = statusBadge(session.status);
  return (
    <a
      href={session.path}
      className={cn(
        "block rounded-md border border-l-4 px-3 py-2 hover:bg-accent",
        session.status === "confirmed" ? "border-l-primary" : "border-l-input",
      )}
    >
      <span className="block text-sm tabular-nums text-muted-foreground lg:text-[0.8125rem]">
        {formatTimeRange(session.startsAt, session.endsAt, timeZone)}
      </span>
      <span className="block font-semibold leading-snug">{session.who}</span>
      <span className="block text-sm leading-snug text-muted-foreground">{session.title}</span>
      {session.status === "confirmed" ? null : (
        <Badge variant={badge.look} className="mt-1.5">
          {badge.label}
        </Badge>
      )}
    </a>
  );
}
