import { Form } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { Section } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { formatMoney } from "~/lib/format-money";
import { stopPlanPath } from "~/lib/paths";

import type { Plan, PlanPart } from "./instalments.server";
import { PartsList } from "./parts-list";

type PlanSectionProps = { orderId: string; plan: Plan; parts: PlanPart[]; timeZone: string };

/** How a package is paid in parts: what is paid, what comes, and stopping it with one click. */
export function PlanSection({ orderId, plan, parts, timeZone }: PlanSectionProps) {
  const isGoingOn = plan.status === "active" || plan.status === "overdue";
  return (
    <Section title="Payments">
      <div className="space-y-4">
        <p>
          {plan.paid_parts} of {plan.instalments} paid,{" "}
          {formatMoney(plan.paid_cents, { alwaysCents: true })} so far.{" "}
          {plan.status === "ended" && plan.ended_reason ? ENDED[plan.ended_reason] : null}
        </p>
        <PartsList parts={parts} timeZone={timeZone} />
        {isGoingOn ? (
          <Form method="post" action={stopPlanPath(orderId)} className="space-y-2">
            <SubmitButton
              variant="outline"
              formTarget={stopPlanPath(orderId)}
              pendingLabel="One moment…"
            >
              Stop the payments
            </SubmitButton>
            <p className="text-[0.9375rem] text-muted-foreground">
              Nothing more is charged then. The sessions that you have paid for stay yours.
            </p>
          </Form>
        ) : null}
        <details className="text-[0.9375rem] text-muted-foreground">
          <summary className="cursor-pointer">What you agreed to</summary>
          <p className="mt-2">{plan.words}</p>
          <p className="mt-2">
            On <DateTime instant={plan.agreed_at} timeZone={timeZone} />.
          </p>
        </details>
      </div>
    </Section>
  );
}

const ENDED: Record<NonNullable<Plan["ended_reason"]>, string> = {
  not_begun: "It was not paid for in time.",
  stopped: "You have stopped the payments: nothing more is charged.",
  package_ended: "The package was ended: nothing more is charged.",
  declined: "Your card could not be charged, so the payments have ended. You owe nothing.",
  account_closed: "The payments have ended: nothing more is charged.",
  lapsed: "The months of this package are over: nothing more is charged.",
};
