import { Form } from "@remix-run/react";
import type { ReactNode } from "react";

import { DateTime } from "~/components/date-time";
import { SubmitButton } from "~/components/submit-button";
import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import { Button, type ButtonProps } from "~/components/ui/button";
import { refundWords } from "~/features/orders/refund-words";
import {
  bookingAcceptPath,
  bookingCheckoutPath,
  bookingDeclinePath,
  bookingHostPath,
  bookingJoinPath,
  bookingReviewPath,
  bookingWithdrawPath,
  coachPath,
} from "~/lib/paths";

import { AcceptDatesForm } from "./accept-dates-form";
import { isLeftOut, overTitle } from "./booking-status";
import type { History, Session } from "./bookings.server";
import type { AskedSession } from "./requests.server";

type SessionStateProps = {
  bookingId: string;
  session: Session;
  history: History;
  /** Of a request for several dates, to its coach: all of them. */
  asked: AskedSession[];
};

/** How a session stands, and the one thing to do about it now. */
export function SessionState({ bookingId, session, history, asked }: SessionStateProps) {
  const isClient = session.party === "client";
  const chooseAnother = isClient ? (
    <StateButton href={coachPath(session.coach_slug)} variant="outline">
      Choose another time
    </StateButton>
  ) : null;

  switch (session.status) {
    case "requested":
      return <RequestState bookingId={bookingId} session={session} asked={asked} />;
    case "held":
      return (
        <State title="This time is not paid for yet" look="warning">
          <p>
            It is held until{" "}
            <DateTime
              instant={session.hold_expires_at ?? session.starts_at}
              timeZone={session.time_zone}
            />
            {isClient ? ", and becomes yours when you pay." : ` for ${session.counterpart_name}.`}
          </p>
          {isClient ? (
            <StateButton href={bookingCheckoutPath(bookingId)}>Go to payment</StateButton>
          ) : null}
        </State>
      );
    case "confirmed":
      return session.is_joinable ? (
        <State title="The meeting is open" look="success">
          <StateButton href={bookingJoinPath(bookingId)} variant="lamp" size="lg">
            Join on Zoom
          </StateButton>
          {isClient ? null : (
            <p>
              To mute, share or end for all,{" "}
              <a className="underline" href={bookingHostPath(bookingId)}>
                open it as the host
              </a>
              .
            </p>
          )}
        </State>
      ) : (
        <State title="You meet on Zoom" look="default">
          <p>
            The button to join appears here shortly before the start. Your reminder leads here too.
          </p>
        </State>
      );
    case "completed":
      return session.is_reviewable ? (
        <State title={`How was it with ${session.counterpart_name}?`} look="warning">
          <p>
            {isClient
              ? "A few honest lines help the next person choose."
              : "A few honest lines help your client. Only the two of you read them."}{" "}
            Neither of you sees what the other wrote before both have, or the time for it is over.
          </p>
          <StateButton href={bookingReviewPath(bookingId)}>Write a review</StateButton>
        </State>
      ) : (
        <State title="This session is over" look="default">
          {chooseAnother}
        </State>
      );
    case "cancelled":
    case "expired":
    case "declined":
      return (
        <State title={overTitle(session)} look="default">
          {session.cancel_reason ? <p>“{session.cancel_reason}”</p> : null}
          <RefundLines session={session} history={history} />
          {chooseAnother}
        </State>
      );
    case "no_show_client":
    case "no_show_coach":
      return (
        <State title="The session did not take place" look="default">
          <RefundLines session={session} history={history} />
        </State>
      );
  }
}

type RequestStateProps = Pick<SessionStateProps, "bookingId" | "session" | "asked">;

/** A request: until when it can be answered, and the answers. */
function RequestState({ bookingId, session, asked }: RequestStateProps) {
  const { counterpart_name: counterpart, time_zone: timeZone } = session;
  const until = <DateTime instant={session.answer_by ?? session.starts_at} timeZone={timeZone} />;
  const count = session.asked_count;
  if (session.party === "client") {
    return (
      <State title={`Waiting for ${counterpart} to answer`} look="warning">
        <p>
          They have until {until}. {count > 1 ? `All ${count} times are` : "The time is"} kept for
          you meanwhile,{" "}
          {session.credit_of
            ? `and ${count > 1 ? "what they don’t take" : "the session"} goes back to your ${session.credit_of} unless they accept.`
            : count > 1
              ? "and your card is charged only for those they accept."
              : "and your card is not charged unless they accept."}
        </p>
        <Form method="post" action={bookingWithdrawPath(bookingId)} className="pt-2">
          <SubmitButton
            variant="outline"
            pendingLabel="One moment…"
            formTarget={bookingWithdrawPath(bookingId)}
          >
            Take the request back
          </SubmitButton>
        </Form>
      </State>
    );
  }
  if (count > 1) {
    return (
      <State title={`${counterpart} asks for a series of ${count} sessions`} look="warning">
        <p>
          Please answer by {until}. All dates stay taken meanwhile. Untick what you can’t take: one
          answer is for all of them.
        </p>
        <div className="pt-4">
          <AcceptDatesForm
            bookingId={bookingId}
            dates={asked}
            counterpart={counterpart}
            timeZone={timeZone}
            creditOf={session.credit_of}
          />
        </div>
      </State>
    );
  }
  return (
    <State title={`${counterpart} asks for this time`} look="warning">
      <p>
        Please answer by {until}.{" "}
        {session.credit_of
          ? `It is paid for with a ${session.credit_of}. The time stays taken meanwhile, and the session is confirmed when you accept.`
          : "The time stays taken meanwhile. When you accept, the payment is taken and the session is confirmed."}
      </p>
      <div className="flex flex-wrap gap-3 pt-2">
        <Form method="post" action={bookingAcceptPath(bookingId)}>
          <SubmitButton pendingLabel="Accepting…" formTarget={bookingAcceptPath(bookingId)}>
            Accept
          </SubmitButton>
        </Form>
        <Button asChild variant="outline">
          <a href={bookingDeclinePath(bookingId)}>Decline</a>
        </Button>
      </div>
    </State>
  );
}

type StateProps = {
  title: string;
  look: "default" | "success" | "warning";
  children: ReactNode;
};

function State({ title, look, children }: StateProps) {
  return (
    <Alert variant={look} className="px-5 py-4">
      <AlertTitle className="text-base">{title}</AlertTitle>
      <AlertDescription className="space-y-1">{children}</AlertDescription>
    </Alert>
  );
}

type StateButtonProps = Pick<ButtonProps, "variant" | "size"> & {
  href: string;
  children: ReactNode;
};

function StateButton({ href, children, ...look }: StateButtonProps) {
  return (
    <div className="pt-2">
      <Button asChild {...look}>
        <a href={href}>{children}</a>
      </Button>
    </div>
  );
}

function RefundLines({ session, history }: Pick<SessionStateProps, "session" | "history">) {
  const reader = { isClient: session.party === "client", timeZone: session.time_zone };
  if (session.is_credit_back) {
    return (
      <p>
        {reader.isClient ? "It" : "The session"} went back to{" "}
        {reader.isClient ? "your" : "the client’s"} {session.credit_of}.
      </p>
    );
  }
  if (!session.is_charged && (session.answer_by || session.status === "cancelled")) {
    return reader.isClient ? (
      <p>Your card was not charged{isLeftOut(session) ? " for it" : ""}.</p>
    ) : null;
  }
  if (history.refunds.length === 0) {
    return session.status === "cancelled" ? <p>Nothing was paid back.</p> : null;
  }
  return history.refunds.map((refund) => <p key={refund.id}>{refundWords(refund, reader)}</p>);
}
