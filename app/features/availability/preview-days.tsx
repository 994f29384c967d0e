import { formatTime, formatZone } from "~/lib/format-date";
import { formatDayName } from "~/lib/format-day";

import type { PreviewDay } from "./plans.server";

/** Two weeks of a coach's calendar: the times of each day as they will be offered. */
export function PreviewDays({ days }: { days: PreviewDay[] }) {
  return (
    <ol className="divide-y rounded-lg border bg-card">
      {days.map((day, index) => (
        <li key={day.day} className="px-5 py-4 sm:flex sm:gap-6 sm:px-6">
          <div className="mb-2 sm:mb-0 sm:w-44 sm:shrink-0">
            <h2 className="font-semibold">
              {formatDayName(day.day).weekday}, {formatDayName(day.day).short}
            </h2>
            {notesOf(day, days[index - 1]).map((note) => (
              <p
                key={note}
                className="text-[0.9375rem] text-muted-foreground"
                suppressHydrationWarning
              >
                {note}
              </p>
            ))}
          </div>
          {day.free_starts.length > 0 ? (
            <ul className="flex flex-wrap gap-x-4 gap-y-1 text-[0.9375rem] tabular-nums">
              {day.free_starts.map((start) => (
                <li key={start} suppressHydrationWarning>
                  {formatTime(start, day.time_zone)}
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-[0.9375rem] text-muted-foreground">Nothing is offered.</p>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Why a day differs from its weekday, and the zone where it changes. */
function notesOf(day: PreviewDay, before: PreviewDay | undefined): string[] {
  const noon = `${day.day}T12:00:00Z`;
  const zone = formatZone(noon, day.time_zone);
  return [
    day.is_away ? "Out of office" : "",
    day.has_override ? "Hours of its own" : "",
    before && before.time_zone !== day.time_zone ? zone : "",
  ].filter(Boolean);
}
