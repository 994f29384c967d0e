import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

import type { CouponValues } from "./coupon-schema";

/** A coupon of a coach's, with how often it was used. */
export type Coupon = WithNulls<
  Database["public"]["Functions"]["coupon_list"]["Returns"][number],
  "percent" | "amount_cents" | "ends_at" | "max_redemptions" | "max_per_client"
>;

/** A coach's coupons, those that count first. */
export async function listCoupons(db: Db): Promise<Coupon[]> {
  return toValue(await db.rpc("coupon_list"));
}

/**
 * @param db the coach's
 * @param coupon what it is
 * @returns the coupon's id, or QCCOD, QCDUP, QCOFF, QCDAY, QCNUM, QCMNY, OCNON, OCSUS
 */
export async function makeCoupon(db: Db, coupon: CouponValues): Promise<Result<string>> {
  const { off, lastDay, maxRedemptions, maxPerClient } = coupon;
  return toResult(
    await db.rpc("make_coupon", {
      code: coupon.code,
      ...("percent" in off ? { percent: off.percent } : { amount_cents: off.cents }),
      ...(lastDay && { ends_on: lastDay }),
      ...(maxRedemptions !== undefined && { max_redemptions: maxRedemptions }),
      ...(maxPerClient !== undefined && { max_per_client: maxPerClient }),
      is_first_order: coupon.isFirstOrder,
      minimum_cents: (coupon.minimum ?? 0) * 100,
    }),
  );
}

/** Ends a coupon. Ending twice is once. */
export async function endCoupon(db: Db, couponId: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("end_coupon", { coupon_id: couponId }));
}
