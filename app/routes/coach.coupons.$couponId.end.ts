import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { endCoupon } from "~/features/coupons/coupons.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { coachCouponsPath } from "~/lib/paths";

const ParamsSchema = z.object({ couponId: z.uuid() });

/** Ends a coupon. */
export async function action(args: ActionFunctionArgs) {
  const { couponId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const ended = await endCoupon(db, couponId);
  if (!ended.ok) throw new Response("Not found", { status: 404 });
  return redirectWithFlash(coachCouponsPath(), {
    kind: "success",
    title: "The coupon has ended.",
    description: "Orders that were made with it stay as they are.",
  });
}

export function loader() {
  return redirect(coachCouponsPath());
}
