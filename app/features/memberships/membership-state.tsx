import { DateTime } from "~/components/date-time";
import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import { PortalForm } from "~/features/billing/portal-form";
import { formatMoney } from "~/lib/format-money";

import type { Membership } from "./memberships.server";

/** What a membership's client should know first: when it renews, or that it does not. */
export function MembershipState({ membership }: { membership: Membership }) {
  const {
    status,
    is_ending: isEnding,
    is_confirmed: isConfirmed,
    time_zone: timeZone,
  } = membership;
  const day = <DateTime instant={membership.period_ends_at} timeZone={timeZone} format="date" />;
  const price = formatMoney(membership.price_cents, { alwaysCents: true });

  return (
    <div className="space-y-4">
      {status === "ended" ? (
        <Alert>
          <AlertTitle>This membership has ended.</AlertTitle>
          <AlertDescription>Nothing is charged any more.</AlertDescription>
        </Alert>
      ) : isEnding ? (
        <Alert variant="warning">
          <AlertTitle>Cancelled. It works until {day}.</AlertTitle>
          <AlertDescription>Nothing more is charged. Until then you can keep it.</AlertDescription>
        </Alert>
      ) : membership.is_halted ? (
        <Alert variant="warning">
          <AlertTitle>
            {membership.coach_name} takes no sessions for now. Nothing is charged meanwhile.
          </AlertTitle>
          <AlertDescription>
            It goes on as before once they do again. Should what is paid end before that, on {day},
            what you have left of it comes back as money.
          </AlertDescription>
        </Alert>
      ) : status === "paused" ? (
        <Alert variant="warning">
          <AlertTitle>Paused. Nothing is charged until you resume it.</AlertTitle>
          <AlertDescription>
            The days on which it renews stay: the next is {day}. What you have left can be used
            until then.
          </AlertDescription>
        </Alert>
      ) : status === "past_due" ? (
        <Alert variant="destructive">
          <AlertTitle>Your card was declined.</AlertTitle>
          <AlertDescription className="space-y-3">
            <p>
              We try again in the next days. Change your card, so that your membership goes on and
              you get your sessions.
            </p>
            <PortalForm label="Change your card" />
          </AlertDescription>
        </Alert>
      ) : status === "trialing" ? (
        <Alert variant="success">
          <AlertTitle>
            You are trying it for nothing until{" "}
            <DateTime
              instant={membership.trial_ends_at ?? membership.period_ends_at}
              timeZone={timeZone}
              format="date"
            />
            .
          </AlertTitle>
          <AlertDescription>Then {price} is charged, unless you cancel before.</AlertDescription>
        </Alert>
      ) : (
        <Alert variant="success">
          <AlertTitle>It renews on {day}.</AlertTitle>
          <AlertDescription>{price} is charged then, unless you cancel before.</AlertDescription>
        </Alert>
      )}
      {isConfirmed ? null : (
        <p role="status" className="text-[0.9375rem] text-muted-foreground">
          Stripe is confirming your last change. It holds already.
        </p>
      )}
    </div>
  );
}
