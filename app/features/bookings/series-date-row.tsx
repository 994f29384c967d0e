import type { ReactNode } from "react";

import { DateTime } from "~/components/date-time";
import { Badge } from "~/components/ui/badge";
import {
  formatDate,
  formatDateTime,
  formatShortDate,
  formatTime,
  formatTimeRange,
  formatZone,
} from "~/lib/format-date";

import { DateTile } from "./date-tile";
import { conflictWords, isPossible, SKIP, type SeriesDate } from "./series-words";

type SeriesDateRowProps = {
  /** The form field: its value is a start, or SKIP. */
  name: string;
  date: SeriesDate;
  timeZone: string;
  coachName: string;
  /** What was sent: null when nothing was chosen, undefined when nothing was sent. */
  chosen: string | null | undefined;
  errors: string[] | undefined;
};

/**
 * One week of a series: its date, kept unless it is skipped, or, where it can't be had, the nearest
 * free times, of which none is chosen before the client does.
 */
export function SeriesDateRow(props: SeriesDateRowProps) {
  const { name, date, timeZone, coachName, chosen, errors } = props;
  const { startsAt, endsAt, conflict } = date;
  const starts = conflict ? date.alternatives : [startsAt];
  const kept = chosen === undefined ? proposal(date) : chosen;
  const errorId = `${name}-error`;

  return (
    <li>
      <fieldset
        aria-describedby={errors ? errorId : undefined}
        className="flex flex-wrap items-center gap-x-6 gap-y-3 px-5 py-4 sm:px-6"
      >
        <legend className="sr-only" suppressHydrationWarning>
          {formatDate(startsAt, timeZone)}, {formatTimeRange(startsAt, endsAt, timeZone)}{" "}
          {formatZone(startsAt, timeZone)}
          {conflict ? `: ${conflictWords(conflict, coachName)}` : ""}
        </legend>
        <div className="flex min-w-[15rem] flex-1 items-center gap-4">
          <DateTile instant={startsAt} timeZone={timeZone} />
          <div aria-hidden className="space-y-1">
            <p className={conflict ? "text-muted-foreground line-through" : "font-semibold"}>
              <DateTime instant={startsAt} timeZone={timeZone} format="short-date" />
              {", "}
              {formatTimeRange(startsAt, endsAt, timeZone)}
            </p>
            {conflict ? (
              <Badge variant="lamp">{conflictWords(conflict, coachName)}</Badge>
            ) : (
              <p className="text-sm text-muted-foreground" suppressHydrationWarning>
                {formatZone(startsAt, timeZone)}
              </p>
            )}
          </div>
        </div>
        <div className="flex flex-wrap gap-2">
          {starts.map((start) => (
            <Choice key={start} name={name} value={start} isChosen={isSame(kept, start)}>
              {conflict
                ? `${formatShortDate(start, timeZone)}, ${formatTime(start, timeZone)}`
                : "Keep"}
              <span className="sr-only" suppressHydrationWarning>
                {" "}
                {formatDateTime(start, timeZone)}
              </span>
            </Choice>
          ))}
          <Choice name={name} value={SKIP} isChosen={kept === SKIP}>
            Skip this week
          </Choice>
        </div>
        {errors ? (
          <p id={errorId} className="w-full text-[0.9375rem] font-medium text-destructive">
            {errors.join(" ")}
          </p>
        ) : null}
      </fieldset>
    </li>
  );
}

/** What is chosen before the client does: where there is a choice to make, nothing. */
function proposal(date: SeriesDate): string | null {
  if (!isPossible(date)) return SKIP;
  return date.conflict ? null : date.startsAt;
}

type ChoiceProps = {
  name: string;
  value: string;
  isChosen: boolean;
  children: ReactNode;
};

function Choice({ name, value, isChosen, children }: ChoiceProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center rounded-md border border-input/60 bg-card px-3 py-1.5 text-[0.9375rem] font-medium tabular-nums transition-colors hover:border-primary hover:bg-accent has-[:checked]:border-primary has-[:checked]:bg-primary has-[:checked]:text-primary-foreground has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-ring">
      <input
        type="radio"
        name={name}
        value={value}
        defaultChecked={isChosen}
        required
        className="sr-only"
      />
      {children}
    </label>
  );
}

/** The same instant can be written in more than one way. */
function isSame(sent: string | null, start: string): boolean {
  return sent !== null && sent !== SKIP && Date.parse(sent) === Date.parse(start);
}
