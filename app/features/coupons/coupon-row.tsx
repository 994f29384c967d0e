import { Form } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { Row } from "~/components/row-list";
import { SubmitButton } from "~/components/submit-button";
import { Badge } from "~/components/ui/badge";
import { formatMoney } from "~/lib/format-money";
import { endCouponPath } from "~/lib/paths";

import type { Coupon } from "./coupons.server";

/** A coupon, how often it was used, and ending it. */
export function CouponRow({ coupon, timeZone }: { coupon: Coupon; timeZone: string }) {
  const path = endCouponPath(coupon.coupon_id);
  return (
    <Row
      title={coupon.code}
      trail={
        coupon.is_over ? (
          <Badge variant="outline">Ended</Badge>
        ) : (
          <Form method="post" action={path}>
            <SubmitButton variant="outline" size="sm" pendingLabel="Ending it…" formTarget={path}>
              End<span className="sr-only"> {coupon.code}</span>
            </SubmitButton>
          </Form>
        )
      }
    >
      <p>{termsOf(coupon).join(", ")}</p>
      <p>
        {usesOf(coupon)}
        {coupon.ends_at && !coupon.is_over ? (
          <>
            {" · counts until "}
            <DateTime instant={coupon.ends_at} timeZone={timeZone} />
          </>
        ) : null}
      </p>
    </Row>
  );
}

function termsOf(coupon: Coupon): string[] {
  const { percent, amount_cents: cents, minimum_cents: minimum } = coupon;
  return [
    percent === null ? `${formatMoney(cents ?? 0)} off` : `${percent}% off`,
    ...(coupon.is_first_order ? ["first order only"] : []),
    ...(minimum > 0 ? [`from ${formatMoney(minimum)} on`] : []),
    ...(coupon.max_per_client === null ? [] : [`${timesWords(coupon.max_per_client)} by a client`]),
  ];
}

function usesOf({ redemptions, max_redemptions: most, discount_cents: cents }: Coupon): string {
  const of = most === null ? "" : ` of ${most}`;
  if (redemptions === 0)
    return `Not used yet${most === null ? "" : `, ${timesWords(most)} at most`}`;
  return `Used ${most === null ? timesWords(redemptions) : `${redemptions}${of} times`}, ${formatMoney(cents)} taken off`;
}

function timesWords(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
