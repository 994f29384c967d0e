import { Avatar } from "~/components/avatar";
import { DateTime } from "~/components/date-time";
import { Row } from "~/components/row-list";
import { Button } from "~/components/ui/button";
import { leftWords } from "~/features/packages/package-words";
import type { SoldPackage } from "~/features/packages/packages.server";
import { kindLabel } from "~/features/profiles/profile-kinds";
import { conversationPath, endPackagePath } from "~/lib/paths";

import type { Client } from "./clients.server";

type ClientRowProps = {
  client: Client;
  /** What they have left, the one that ends soonest first. */
  packages: SoldPackage[];
  timeZone: string;
};

/** Somebody a coach works with: who they are, when they meet, and the way to write to them. */
export function ClientRow({ client, packages, timeZone }: ClientRowProps) {
  const who = [kindLabel(client.kind), client.company, client.home_state].filter(Boolean);
  return (
    <Row
      lead={<Avatar name={client.client_name} seed={client.conversation_id} />}
      title={client.client_name}
      trail={
        <Button asChild variant="outline" size="sm">
          <a href={conversationPath(client.conversation_id)}>
            Write<span className="sr-only"> to {client.client_name}</span>
          </a>
        </Button>
      }
    >
      <p>{who.join(", ")}</p>
      <p>
        {heldWords(client.sessions_held)}
        {client.next_starts_at ? (
          <>
            {" · next "}
            <DateTime
              instant={client.next_starts_at}
              timeZone={timeZone}
              format="short-date"
              className="font-medium text-foreground"
            />
          </>
        ) : client.last_starts_at ? (
          <>
            {" · last "}
            <DateTime instant={client.last_starts_at} timeZone={timeZone} format="medium-date" />
          </>
        ) : null}
      </p>
      {packages.map((sold) => (
        <p key={sold.order_id}>
          {sold.offer_title}, until{" "}
          <DateTime instant={sold.credits_end_at} timeZone={timeZone} format="medium-date" />:{" "}
          {leftWords(sold, "their")}.{" "}
          <a href={endPackagePath(sold.order_id)} className="text-link">
            End it
            <span className="sr-only">
              : {sold.offer_title} of {client.client_name}
            </span>
          </a>
        </p>
      ))}
    </Row>
  );
}

function heldWords(held: number): string {
  if (held === 0) return "No session yet";
  return held === 1 ? "1 session held" : `${held} sessions held`;
}
