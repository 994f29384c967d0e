import { DateTime } from "~/components/date-time";
import { formatMoney } from "~/lib/format-money";
import { orderCheckoutPath } from "~/lib/paths";

import type { PlanPart } from "./instalments.server";

/** The parts of a package: when each is charged, how much, and what became of it. */
export function PartsList({ parts, timeZone }: { parts: PlanPart[]; timeZone: string }) {
  return (
    <ol className="divide-y rounded-lg border bg-card">
      {parts.map((part) => (
        <li
          key={part.order_id}
          className="flex items-baseline justify-between gap-x-6 px-5 py-3.5 sm:px-6"
        >
          <span className="min-w-0">
            <DateTime
              instant={part.paid_at ?? part.due_at}
              timeZone={timeZone}
              format="medium-date"
            />
            <span className="text-muted-foreground">
              , <PartState part={part} timeZone={timeZone} />
            </span>
          </span>
          <span className="tabular-nums">
            {formatMoney(part.amount_cents, { alwaysCents: true })}
          </span>
        </li>
      ))}
    </ol>
  );
}

function PartState({ part, timeZone }: { part: PlanPart; timeZone: string }) {
  if (part.status === "refunded") return "paid back";
  if (part.paid_at) return "paid";
  if (part.status === "expired") return "not charged";
  if (part.plan_position === 1) return "to pay now";
  if (!part.is_payable) return "charged by itself";
  return (
    <>
      your card was declined.{" "}
      {part.retry_at ? (
        <>
          It is tried again on{" "}
          <DateTime instant={part.retry_at} timeZone={timeZone} format="medium-date" />.{" "}
        </>
      ) : null}
      <a href={orderCheckoutPath(part.order_id)} className="text-link">
        Pay it now
      </a>
    </>
  );
}
