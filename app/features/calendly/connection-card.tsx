import type { ReactNode } from "react";

import { DateTime } from "~/components/date-time";
import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import { Button } from "~/components/ui/button";
import { coachCalendlyDisconnectPath } from "~/lib/paths";

import type { Connection } from "./calendly.server";
import { ConnectForm } from "./connect-form";

type ConnectionCardProps = { connection: Connection; timeZone: string };

const PLANS = {
  unknown: "We are finding out which plan it is on.",
  free: "It is on Calendly’s free plan: we read when you are busy, and nothing is booked there for you.",
  paid: "It is on a paid plan of Calendly.",
} as const;

/** Which account is connected, and whether its calendar is read. */
export function ConnectionCard({ connection, timeZone }: ConnectionCardProps) {
  return (
    <div className="space-y-6">
      <Trouble connection={connection} timeZone={timeZone} />
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4 rounded-lg border bg-card px-5 py-4">
        <div className="space-y-1">
          <p className="font-semibold">{connection.account_name}</p>
          <p className="text-[0.9375rem] text-muted-foreground">{PLANS[connection.plan]}</p>
          <p className="text-[0.9375rem] text-muted-foreground">
            {connection.last_ok_at ? (
              <>
                Last read on <DateTime instant={connection.last_ok_at} timeZone={timeZone} />.
              </>
            ) : (
              "Your calendar is being read. Reload this page in a few seconds."
            )}
          </p>
        </div>
        <Button asChild variant="outline" size="sm">
          <a href={coachCalendlyDisconnectPath()}>Disconnect</a>
        </Button>
      </div>
    </div>
  );
}

function Trouble({ connection, timeZone }: ConnectionCardProps) {
  if (connection.status === "refused") {
    return (
      <Note title="Calendly no longer accepts the connection">
        <p>We can’t see when you are busy until you connect your account once more.</p>
        <div className="pt-3">
          <ConnectForm label="Connect again" />
        </div>
      </Note>
    );
  }
  if (connection.stale_since) {
    return (
      <Note title="Your calendar can’t be read">
        <p>
          Stale since <DateTime instant={connection.stale_since} timeZone={timeZone} />.{" "}
          {connection.when_stale === "closed"
            ? "Until it is read again nobody can book you, as you chose."
            : "Clients book by what was read last, as you chose, and are told so."}
        </p>
        {connection.last_error ? <p>{connection.last_error} We keep trying.</p> : null}
      </Note>
    );
  }
  return null;
}

function Note({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Alert variant="warning" role="status">
      <AlertTitle>{title}</AlertTitle>
      <AlertDescription>{children}</AlertDescription>
    </Alert>
  );
}
