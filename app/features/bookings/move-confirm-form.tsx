import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";

import { TimeSpan } from "~/components/date-time";
import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { bookingMovePath, type Scope } from "~/lib/paths";

import { FollowingMoves } from "./following-moves";
import type { FollowingMove } from "./series.server";
import type { Slot } from "~/lib/group-by-day";

type MoveConfirmFormProps = {
  bookingId: string;
  /** From when to when, and what else changes or stays; null when the page can't say, to a reader signed out. */
  change: Change | null;
  /** Who will read the reason; null when the page can't say. */
  counterpart: string | null;
  timeZone: string;
  /** The week the new time was chosen in, and what was written before. */
  wanted: { week: string | null; scope: Scope; reason: string };
  lastResult: SubmissionResult<string[]> | undefined;
};

/** `following` has every session that moves, this one included, when its series moves along. */
type Change = { from: Slot; to: Slot; following: FollowingMove[]; words: string[] };

/** The question "are you sure": from when to when, and what follows. */
export function MoveConfirmForm(props: MoveConfirmFormProps) {
  const { bookingId, change, counterpart, timeZone, wanted, lastResult } = props;
  const [form, fields] = useForm<{ slot: string; reason?: string }>({
    lastResult,
    defaultValue: { reason: wanted.reason },
    constraint: { slot: { required: true }, reason: { required: false, maxLength: 500 } },
    defaultNoValidate: false,
  });
  const isPossible = change?.following.every(({ isFree }) => isFree) ?? true;
  const chooseAnother = (
    <Button asChild variant="outline" size="lg">
      <a href={bookingMovePath(bookingId, wanted)}>Choose another time</a>
    </Button>
  );
  if (change && !isPossible) {
    return (
      <div className="max-w-2xl space-y-6">
        <FormErrors
          id={form.errorId}
          errors={form.errors ?? ["Not every new time is free, so the series can’t move there."]}
        />
        <FollowingMoves moves={change.following} timeZone={timeZone} />
        {chooseAnother}
      </div>
    );
  }
  return (
    <Form method="post" {...getFormProps(form)} className="max-w-2xl space-y-6">
      <FormErrors
        id={form.errorId}
        errors={[...(form.errors ?? []), ...(fields.slot.errors ?? [])]}
      />
      {change ? <ChangeCard change={change} timeZone={timeZone} /> : null}
      {wanted.scope ? <input type="hidden" name="scope" value={wanted.scope} /> : null}
      <input
        type="hidden"
        name={fields.slot.name}
        value={change?.to.startsAt ?? fields.slot.initialValue ?? ""}
      />
      <TextareaField
        field={fields.reason}
        label={counterpart ? `A word to ${counterpart}` : "A word to them"}
        hint="They read it in their mail."
        rows={3}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton size="lg" pendingLabel="Moving…">
          {wanted.scope ? "Move the sessions" : "Move the session"}
        </SubmitButton>
        {chooseAnother}
      </div>
    </Form>
  );
}

function ChangeCard({ change, timeZone }: { change: Change; timeZone: string }) {
  const { from, to, following, words } = change;
  return (
    <div className="rounded-lg border border-l-4 border-l-lamp bg-card p-5 sm:p-6">
      {following.length > 0 ? (
        <FollowingMoves moves={following} timeZone={timeZone} />
      ) : (
        <dl className="space-y-3">
          <div>
            <dt className="text-sm text-muted-foreground">From</dt>
            <dd>
              <TimeSpan start={from.startsAt} end={from.endsAt} timeZone={timeZone} />
            </dd>
          </div>
          <div>
            <dt className="text-sm text-muted-foreground">To</dt>
            <dd className="text-lg font-semibold">
              <TimeSpan start={to.startsAt} end={to.endsAt} timeZone={timeZone} />
            </dd>
          </div>
        </dl>
      )}
      <ul className="mt-5 space-y-1.5 border-t pt-4 text-[0.9375rem] text-muted-foreground">
        {words.map((sentence) => (
          <li key={sentence} suppressHydrationWarning>
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
