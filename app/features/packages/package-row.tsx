import { DateTime } from "~/components/date-time";
import { Row } from "~/components/row-list";
import { Button } from "~/components/ui/button";
import { formatMoney } from "~/lib/format-money";
import { orderCheckoutPath, ownPackagePath, packageBookPath } from "~/lib/paths";

import { leftWords } from "./package-words";
import type { ListedPackage } from "./packages.server";

/** A package that somebody bought: what is left of it, until when, and the way to use it. */
export function PackageRow({ own, timeZone }: { own: ListedPackage; timeZone: string }) {
  const { order_id: orderId, credits_left: left, offer_title: title } = own;
  return (
    <Row
      title={
        <a
          href={own.status === "pending" ? orderCheckoutPath(orderId) : ownPackagePath(orderId)}
          className="hover:underline"
        >
          {title}
        </a>
      }
      trail={
        own.status === "pending" ? (
          <Button asChild size="sm">
            <a href={orderCheckoutPath(orderId)}>
              Pay<span className="sr-only"> for {title}</span>
            </a>
          </Button>
        ) : left > 0 && own.is_coach_open ? (
          <Button asChild size="sm">
            <a href={packageBookPath(orderId)}>
              Book a session<span className="sr-only"> of {title}</span>
            </a>
          </Button>
        ) : null
      }
    >
      <p>with {own.coach_name}</p>
      <p>
        {own.status === "pending" ? (
          <>
            Waits for your payment until <DateTime instant={own.pay_by} timeZone={timeZone} />
          </>
        ) : (
          <>
            <span className={left > 0 ? "font-medium text-foreground" : undefined}>
              {leftWords(own, "your")}
            </span>
            {left > 0 && own.credits_end_at ? (
              <>
                {" · to use until "}
                <DateTime instant={own.credits_end_at} timeZone={timeZone} />
              </>
            ) : null}
          </>
        )}
      </p>
      {own.instalments && own.status !== "pending" ? (
        <p>
          <PlanLine own={own} timeZone={timeZone} />
        </p>
      ) : null}
    </Row>
  );
}

/** What is paid of a package that is paid in parts, and what comes next. */
function PlanLine({ own, timeZone }: { own: ListedPackage; timeZone: string }) {
  const paid = `${own.paid_parts} of ${own.instalments} payments made`;
  if (own.plan_status === "overdue" && own.next_order_id) {
    return (
      <>
        {paid}. <span className="font-medium text-destructive">The next one was declined.</span>{" "}
        <a href={orderCheckoutPath(own.next_order_id)} className="text-link">
          Pay {formatMoney(own.next_cents ?? 0, { alwaysCents: true })}
        </a>
      </>
    );
  }
  if (own.plan_status === "active" && own.next_due_at) {
    return (
      <>
        {paid}, {formatMoney(own.next_cents ?? 0, { alwaysCents: true })} on{" "}
        <DateTime instant={own.next_due_at} timeZone={timeZone} format="medium-date" />
      </>
    );
  }
  return <>{own.plan_status === "ended" ? `${paid}, nothing more is charged` : paid}</>;
}
