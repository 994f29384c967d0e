import type Stripe from "stripe";

import { changesBetween } from "../api/changes-between.ts";
import { invalidRequest, missingParam } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

type Coupon = Stripe.Coupon;
type CreateParams = Stripe.CouponCreateParams;

const SUPPORTED = [
  "amount_off",
  "applies_to",
  "currency",
  "duration",
  "duration_in_months",
  "id",
  "max_redemptions",
  "metadata",
  "name",
  "percent_off",
  "redeem_by",
];

/** Reductions of what is paid. */
export const coupons: Resource = {
  routes: [
    route<CreateParams>("POST /v1/coupons", create),
    route<Stripe.CouponRetrieveParams>("GET /v1/coupons/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.CouponUpdateParams>("POST /v1/coupons/{id}", update),
    route<Stripe.CouponDeleteParams>("DELETE /v1/coupons/{id}", remove),
    route<Stripe.CouponListParams>("GET /v1/coupons", (emulator, params) =>
      listPage(records(emulator).all(), params, "/v1/coupons"),
    ),
  ],
  tick(emulator) {
    const now = emulator.clock.seconds();
    for (const { id, valid, redeem_by: last } of records(emulator).all()) {
      if (valid && last !== null && last <= now) records(emulator).update(id, { valid: false });
    }
  },
};

function records(emulator: Emulator) {
  return emulator.records<Coupon>("coupon");
}

function create(emulator: Emulator, params: CreateParams): Coupon {
  onlyEmulated(params, SUPPORTED);
  checkReduction(params);
  checkDuration(params);
  if (params.redeem_by !== undefined && params.redeem_by <= emulator.clock.seconds()) {
    throw invalidRequest("redeem_by must be in the future.", { param: "redeem_by" });
  }
  const id = params.id ?? newId("", 8);
  if (records(emulator).find(id)) {
    throw invalidRequest("Coupon already exists.", { code: "resource_already_exists" });
  }
  for (const product of params.applies_to?.products ?? []) {
    emulator.records("product").get(product, "applies_to[products][0]");
  }

  const coupon = records(emulator).add({
    id,
    object: "coupon",
    amount_off: params.amount_off ?? null,
    ...(params.applies_to?.products && { applies_to: { products: params.applies_to.products } }),
    created: emulator.clock.seconds(),
    currency: params.currency?.toLowerCase() ?? null,
    duration: params.duration ?? "once",
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: changeMetadata({}, params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  });
  emulator.emit("coupon.created", coupon);
  return coupon;
}

function checkReduction({ amount_off: amount, percent_off: percent, currency }: CreateParams) {
  if ((amount === undefined) === (percent === undefined)) {
    throw invalidRequest("You must pass either `percent_off` or `amount_off`.", {
      param: "percent_off",
    });
  }
  if (percent !== undefined && (percent <= 0 || percent > 100)) {
    throw invalidRequest("Invalid percent_off: must be greater than 0 and at most 100.", {
      param: "percent_off",
    });
  }
  if (amount !== undefined && amount < 1) {
    throw invalidRequest("Invalid positive integer", {
      param: "amount_off",
      code: "parameter_invalid_integer",
    });
  }
  if (amount !== undefined && !currency) throw missingParam("currency");
}

function checkDuration({ duration, duration_in_months: months }: CreateParams): void {
  if (duration === "repeating" && !months) throw missingParam("duration_in_months");
  if (duration !== "repeating" && months !== undefined) {
    throw invalidRequest("`duration_in_months` can only be set if `duration` is `repeating`.", {
      param: "duration_in_months",
    });
  }
}

function update(emulator: Emulator, params: Stripe.CouponUpdateParams, id: string): Coupon {
  onlyEmulated(params, ["name", "metadata"]);
  const before = structuredClone(records(emulator).get(id));
  const coupon = records(emulator).update(id, {
    name: params.name ?? before.name,
    metadata: changeMetadata(before.metadata ?? {}, params.metadata),
  });
  emulator.emit("coupon.updated", coupon, changesBetween(before, coupon));
  return coupon;
}

/** Whoever has the discount already keeps it. */
function remove(emulator: Emulator, _params: object, id: string) {
  const coupon = records(emulator).get(id);
  records(emulator).remove(id);
  emulator.emit("coupon.deleted", { ...coupon, valid: false });
  return { id, object: "coupon", deleted: true };
}
