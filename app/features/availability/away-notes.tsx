import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import { formatDateTime } from "~/lib/format-date";

import type { OutOfOfficeNote } from "./plans.server";

type AwayNotesProps = { coachName: string; notes: OutOfOfficeNote[]; timeZone: string };

/** What the coach says about being away in the days that are shown. Nothing when they are not. */
export function AwayNotes({ coachName, notes, timeZone }: AwayNotesProps) {
  if (notes.length === 0) return null;
  return (
    <div className="mb-8 space-y-3">
      {notes.map((away) => (
        <Alert key={away.starts_at}>
          <AlertTitle suppressHydrationWarning>
            {coachName} is out of office until {formatDateTime(away.ends_at, timeZone)}
          </AlertTitle>
          {away.note ? <AlertDescription>{away.note}</AlertDescription> : null}
        </Alert>
      ))}
    </div>
  );
}
