import { formatDate, formatTime, formatZone } from "~/lib/format-date";

/** What a form says of a week in which there is to be no session. */
export const SKIP = "skip";

/** A week of a series, before it is taken. Starts are instants, ISO 8601. */
export type SeriesDate = {
  startsAt: string;
  endsAt: string;
  /** Why it can't be had; null when it can. */
  conflict: "taken" | "closed" | "too_far" | null;
  /** Free times near it; none unless there is a conflict. */
  alternatives: string[];
};

/**
 * The rhythm of a series for its reader, and what happens to it where clocks change: the hour is
 * the coach's, so it moves for who lives by another clock.
 *
 * @param dates in order; at least one
 * @param timeZone the reader's IANA zone
 * @param coachName whose clock keeps the hour
 * @returns sentences
 */
export function rhythmWords(dates: SeriesDate[], timeZone: string, coachName: string): string[] {
  const [first, ...others] = dates.map(({ startsAt }) => startsAt);
  if (!first) return [];
  const [weekday] = formatDate(first, timeZone).split(",");
  const shift = others.find((start) => formatTime(start, timeZone) !== formatTime(first, timeZone));
  return [
    `Every ${weekday} at ${formatTime(first, timeZone)}, ${formatZone(first, timeZone)}.`,
    ...(shift
      ? [
          `From ${formatDate(shift, timeZone)} on it is ${formatTime(shift, timeZone)} for you: it stays the same by ${coachName}’s clock.`,
        ]
      : []),
  ];
}

/** Why a date can't be had, in a few words. */
export function conflictWords(conflict: SeriesDate["conflict"], coachName: string): string | null {
  switch (conflict) {
    case "taken":
      return "Already taken";
    case "closed":
      return `${coachName} does not work then`;
    case "too_far":
      return `Further ahead than ${coachName} plans`;
    case null:
      return null;
  }
}

/** Whether there can be a session in this week, at its own time or at another. */
export function isPossible({ conflict, alternatives }: SeriesDate): boolean {
  return conflict === null || alternatives.length > 0;
}
