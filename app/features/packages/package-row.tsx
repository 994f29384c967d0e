import { DateTime } from "~/components/date-time";
import { Row } from "~/components/row-list";
import { Button } from "~/components/ui/button";
import { orderCheckoutPath, ownPackagePath, packageBookPath } from "~/lib/paths";

import { sessionsWords } from "./package-words";
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
        ) : left > 0 && own.credits_end_at ? (
          <>
            <span className="font-medium text-foreground">
              {left} of {sessionsWords(own.session_count)} left
            </span>
            , until <DateTime instant={own.credits_end_at} timeZone={timeZone} />
          </>
        ) : (
          "Nothing is left"
        )}
      </p>
    </Row>
  );
}
