import { Form } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { SubmitButton } from "~/components/submit-button";
import { recordingAgreePath, recordingRevokePath } from "~/lib/paths";

import type { RecordingNoteProps } from "./recording-note";

type RecordingChoiceFormProps = Omit<RecordingNoteProps, "recordings"> & {
  /** Whether both have agreed. */
  isAgreed: boolean;
};

/** Asks one party whether their session may be recorded, and says how the other stands. */
export function RecordingChoiceForm(props: RecordingChoiceFormProps) {
  return props.choice.agreed_at === null ? <Ask {...props} /> : <Agreed {...props} />;
}

function Ask({ bookingId, choice, counterpartName }: RecordingChoiceFormProps) {
  const action = recordingAgreePath(bookingId);
  return (
    <div className="space-y-4">
      <p className="leading-relaxed">
        {choice.has_counterpart_agreed
          ? `${counterpartName} agreed to a recording of this session. It is made only if you agree, too, before it starts.`
          : "You can have this session recorded. It takes both of you to agree before it starts; if either does not, nothing is recorded."}
      </p>
      <p className="leading-relaxed text-muted-foreground">
        {choice.terms} It is deleted after {choice.keep_days} days.
      </p>
      <Form method="post" action={action}>
        <input type="hidden" name="termsVersion" value={choice.terms_version} />
        <SubmitButton variant="outline" formTarget={action} pendingLabel="One moment…">
          I agree to a recording
        </SubmitButton>
      </Form>
    </div>
  );
}

function Agreed({
  bookingId,
  choice,
  counterpartName,
  timeZone,
  isAgreed,
}: RecordingChoiceFormProps) {
  const action = recordingRevokePath(bookingId);
  return (
    <div className="space-y-4">
      <p className="leading-relaxed">
        {isAgreed
          ? "This session will be recorded: you both agreed. Either of you can take that back until it starts."
          : `You agreed to a recording. ${counterpartName} has not, and until then nothing is recorded.`}
      </p>
      <p className="leading-relaxed text-muted-foreground">
        What you agreed to on{" "}
        <DateTime instant={choice.agreed_at ?? ""} timeZone={timeZone} format="date" />:{" "}
        {choice.terms} It is deleted after {choice.keep_days} days.
      </p>
      <Form method="post" action={action}>
        <SubmitButton variant="ghost" formTarget={action} pendingLabel="One moment…">
          Take it back
        </SubmitButton>
      </Form>
    </div>
  );
}
