import { Form } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { SubmitButton } from "~/components/submit-button";
import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";

type WatchStateProps = { beforeAt: string; timeZone: string };

/** What somebody waits for, and the way to stop. */
export function WatchState({ beforeAt, timeZone }: WatchStateProps) {
  return (
    <Alert variant="success" className="mb-8">
      <AlertTitle>We are looking out for you</AlertTitle>
      <AlertDescription className="space-y-4">
        <p>
          You get a mail when a time opens before{" "}
          <DateTime instant={beforeAt} timeZone={timeZone} />. After that we stop by ourselves.
        </p>
        <Form method="post">
          <SubmitButton name="intent" value="stop" variant="outline" pendingLabel="Stopping…">
            Stop looking
          </SubmitButton>
        </Form>
      </AlertDescription>
    </Alert>
  );
}

type WatchTermsProps = { mailsPerDay: number };

/** How it works, for whoever thinks of asking. */
export function WatchTerms({ mailsPerDay }: WatchTermsProps) {
  return (
    <p className="mb-6 leading-relaxed text-muted-foreground">
      When somebody cancels, or the coach opens more hours, we write to you at once, at most{" "}
      {mailsPerDay === 1 ? "once" : `${mailsPerDay} times`} a day. The time goes to whoever takes it
      first.
    </p>
  );
}
