import { DateTime } from "~/components/date-time";
import { Section } from "~/components/page";
import { Button } from "~/components/ui/button";
import type { Session } from "~/features/bookings/bookings.server";
import { formatMoney } from "~/lib/format-money";
import { bookingFeePath } from "~/lib/paths";

import { agreedWords, BEING_PAID, feeWords } from "./fee-words";
import type { NoShowFee } from "./no-show-fees.server";

type NoShowFeeNoteProps = {
  bookingId: string;
  fee: NoShowFee;
  session: Pick<Session, "party" | "time_zone">;
};

/** What it costs the client not to come to a session, or did: how that stands, and the way to pay it by hand. */
export function NoShowFeeNote({ bookingId, fee, session }: NoShowFeeNoteProps) {
  const { state } = fee;
  const party = session.party === "client" ? "client" : "coach";
  return (
    <Section title="No-show fee" className="mt-0">
      <p className="leading-relaxed">
        {state === "agreed" ? agreedWords(fee, party) : feeWords({ ...fee, state }, party)}
      </p>
      {fee.words ? <p className="mt-4 leading-relaxed">{fee.words}</p> : null}
      {fee.is_being_paid && party === "client" ? (
        <p className="mt-4 leading-relaxed">{BEING_PAID}</p>
      ) : null}
      {state === "overdue" && !fee.is_being_paid && party === "client" ? (
        <div className="mt-4 space-y-4">
          {fee.retry_at ? (
            <p className="text-muted-foreground">
              If you do nothing, it is tried again on{" "}
              <DateTime instant={fee.retry_at} timeZone={session.time_zone} />.
            </p>
          ) : null}
          <Button asChild>
            <a href={bookingFeePath(bookingId)}>
              Pay {formatMoney(fee.amount_cents, { alwaysCents: true })}
            </a>
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
