import { Form } from "@remix-run/react";
import type { ReactNode } from "react";

import { DateTime } from "~/components/date-time";
import { SubmitButton } from "~/components/submit-button";
import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import { Button } from "~/components/ui/button";
import { bookedAtCalendlyPath, coachPath, signInPath, signUpPath, welcomePath } from "~/lib/paths";

import type { BookedThere } from "./booked-there.server";

type BookedThereStateProps = {
  id: string;
  booked: BookedThere;
  /** How far the reader is: a visitor, somebody who has not said who they are, or neither. */
  reader: "visitor" | "newcomer" | "known";
};

/** How something that was booked at Calendly stands, and the one thing to do about it now. */
export function BookedThereState({ id, booked, reader }: BookedThereStateProps) {
  const until = <DateTime instant={booked.pay_by} timeZone={booked.time_zone} />;
  switch (booked.status) {
    case "waiting":
      return (
        <div className="space-y-5">
          <p className="text-muted-foreground">
            The time is kept for you until {until}. Sessions with {booked.coach_name} are paid for
            and take place on Walkthrough.
          </p>
          <NextStep id={id} isFree={booked.price_cents === 0} reader={reader} />
        </div>
      );
    case "clash":
      return (
        <Note title="Somebody else has this time">
          <p>
            It was taken on Walkthrough before you booked it at Calendly. There is nothing to pay,
            and {booked.coach_name} knows.
          </p>
          <p>
            <a href={booked.reschedule_url} className="text-link">
              Choose another time at Calendly
            </a>
          </p>
        </Note>
      );
    case "linked":
      return (
        <Note title="This session has its client">
          <p>Somebody has confirmed it. If that was you, sign in with the account you used.</p>
          {reader === "visitor" ? (
            <p>
              <a href={signInPath(bookedAtCalendlyPath(id))} className="text-link">
                Sign in
              </a>
            </p>
          ) : null}
        </Note>
      );
    case "lapsed":
    case "cancelled":
      return (
        <Note
          title={
            booked.status === "lapsed"
              ? "It was not confirmed in time"
              : "It was called off at Calendly"
          }
        >
          <p>The session does not take place, and nothing was charged.</p>
          <p>
            <a href={coachPath(booked.coach_slug)} className="text-link">
              Choose another time with {booked.coach_name}
            </a>
          </p>
        </Note>
      );
    case "left":
      return (
        <Note title="This is not a session of Walkthrough’s">
          <p>
            There is nothing to pay here. Ask {booked.coach_name} about it, or look at Calendly’s
            mail.
          </p>
        </Note>
      );
  }
}

type NextStepProps = { id: string; isFree: boolean; reader: BookedThereStateProps["reader"] };

function NextStep({ id, isFree, reader }: NextStepProps) {
  const here = bookedAtCalendlyPath(id);
  if (reader === "visitor") {
    return (
      <div className="flex flex-wrap gap-3">
        <Button asChild size="lg">
          <a href={signUpPath(here)}>Create an account</a>
        </Button>
        <Button asChild size="lg" variant="outline">
          <a href={signInPath(here)}>Sign in</a>
        </Button>
      </div>
    );
  }
  if (reader === "newcomer") {
    return (
      <Button asChild size="lg">
        <a href={welcomePath(here)}>Say who you are</a>
      </Button>
    );
  }
  return (
    <Form method="post">
      <SubmitButton size="lg" pendingLabel="One moment…">
        {isFree ? "Confirm the session" : "Go to payment"}
      </SubmitButton>
    </Form>
  );
}

function Note({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Alert variant="warning" role="status">
      <AlertTitle>{title}</AlertTitle>
      <AlertDescription className="space-y-1">{children}</AlertDescription>
    </Alert>
  );
}
