import { Form } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { SubmitButton } from "~/components/submit-button";

type FeedFormsProps = {
  /** Since when there is an address, ISO 8601; null when there is none. */
  madeAt: string | null;
  timeZone: string;
};

/** Makes the private calendar address, or makes it anew, or ends it. */
export function FeedForms({ madeAt, timeZone }: FeedFormsProps) {
  return (
    <>
      <p className="mb-6 leading-relaxed text-muted-foreground">
        {madeAt ? (
          <>
            You have had an address since <DateTime instant={madeAt} timeZone={timeZone} />. We keep
            only a fingerprint of it, so it can’t be shown again. If you lost it, or somebody else
            has it, make a new one: the old one stops working at once.
          </>
        ) : (
          "You have no address yet. It is shown to you once, when you make it."
        )}
      </p>
      <Form method="post" className="flex flex-wrap gap-3">
        <SubmitButton name="intent" value="make" pendingLabel="Making it…">
          {madeAt ? "Make a new address" : "Make my address"}
        </SubmitButton>
        {madeAt ? (
          <SubmitButton name="intent" value="revoke" variant="outline" pendingLabel="Ending it…">
            Stop this address
          </SubmitButton>
        ) : null}
      </Form>
    </>
  );
}
