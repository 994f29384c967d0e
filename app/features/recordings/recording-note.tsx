import { Section } from "~/components/page";

import { RecordingChoiceForm } from "./recording-choice-form";
import { RecordingList } from "./recording-list";
import type { Recording, RecordingChoice } from "./recordings.server";

export type RecordingNoteProps = {
  bookingId: string;
  choice: RecordingChoice;
  recordings: Recording[];
  counterpartName: string;
  /** The reader's. */
  timeZone: string;
};

/** Whether a session is recorded: the question before it, what came of it, and the way to watch. */
export function RecordingNote(props: RecordingNoteProps) {
  const { choice, recordings } = props;
  const isAgreed = choice.agreed_at !== null && choice.has_counterpart_agreed;
  const isAsked = choice.agreed_at !== null || choice.has_counterpart_agreed;
  if (!choice.is_open && !isAsked && recordings.length === 0) return null;

  return (
    <Section title="Recording" className="mt-0">
      {recordings.length > 0 ? (
        <RecordingList {...props} />
      ) : choice.is_open ? (
        <RecordingChoiceForm {...props} isAgreed={isAgreed} />
      ) : (
        <p className="leading-relaxed">
          {isAgreed
            ? "You both agreed to a recording. When Zoom has made one, it is here, and we write to you. It stays for as long as you agreed."
            : "This session is not recorded: it takes both of you to agree before it starts."}
        </p>
      )}
    </Section>
  );
}
