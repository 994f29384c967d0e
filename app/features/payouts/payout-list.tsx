import { Money } from "~/components/money";
import { Badge } from "~/components/ui/badge";
import { formatMediumDate } from "~/lib/format-date";

import type { Payout } from "./payouts.server";

const STATES = {
  pending: { label: "Planned", look: "default" },
  in_transit: { label: "On its way", look: "lamp" },
  paid: { label: "Arrived", look: "success" },
  failed: { label: "Sent back", look: "destructive" },
  canceled: { label: "Called off", look: "outline" },
} as const;

/** What Stripe sent to a coach's bank, newest first. */
export function PayoutList({ payouts }: { payouts: Payout[] }) {
  return (
    <ul className="divide-y rounded-lg border bg-card">
      {payouts.map((payout) => {
        const { label, look } = STATES[payout.status];
        return (
          <li key={payout.id} className="flex flex-wrap items-start gap-x-4 gap-y-1 px-5 py-3.5">
            <Money cents={payout.amount_cents} alwaysCents className="font-medium tabular-nums" />
            <span className="grow text-muted-foreground">
              {payout.status === "paid" ? "arrived " : "due "}
              {/* A bank's day is the same day everywhere. */}
              <time dateTime={payout.arrives_on}>
                {formatMediumDate(`${payout.arrives_on}T12:00:00Z`, "UTC")}
              </time>
            </span>
            <Badge variant={look}>{label}</Badge>
            {payout.failure_code ? (
              <p className="basis-full text-sm text-muted-foreground">
                {failureWords(payout.failure_code)}
              </p>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

/** Stripe's names of what banks say: https://docs.stripe.com/api/payouts/failures */
function failureWords(code: string): string {
  switch (code) {
    case "account_closed":
      return "Your bank says that the account is closed. Give Stripe another one.";
    case "no_account":
    case "invalid_account_number":
    case "incorrect_account_holder_name":
      return "Your bank could not find the account. Look at its number and name at Stripe.";
    default:
      return "Your bank sent it back. The money is in your account at Stripe; look at your bank details there.";
  }
}
