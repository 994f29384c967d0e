import Play from "lucide-react/icons/play";

import { DateTime } from "~/components/date-time";
import { Button } from "~/components/ui/button";
import { recordingPath } from "~/lib/paths";

import type { RecordingNoteProps } from "./recording-note";

type RecordingListProps = Pick<RecordingNoteProps, "recordings" | "timeZone">;

/** The recordings of a session, each with the way to watch it and its last day. */
export function RecordingList({ recordings, timeZone }: RecordingListProps) {
  return (
    <ul className="space-y-5">
      {recordings.map(({ recording_id, recorded_at, duration_minutes, expires_at }) => (
        <li key={recording_id}>
          <Button asChild variant="outline">
            <a href={recordingPath(recording_id)} rel="noreferrer">
              <Play aria-hidden /> Watch the recording
            </a>
          </Button>
          <p className="mt-2 text-sm text-muted-foreground">
            {duration_minutes} {duration_minutes === 1 ? "minute" : "minutes"}, from{" "}
            <DateTime instant={recorded_at} timeZone={timeZone} />. For the two of you only, until{" "}
            <DateTime instant={expires_at} timeZone={timeZone} format="date" />.
          </p>
        </li>
      ))}
    </ul>
  );
}
