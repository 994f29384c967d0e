import type Stripe from "stripe";

import { changesBetween } from "../api/changes-between.ts";
import { invalidRequest, missingParam } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

type Code = Stripe.PromotionCode;
type CreateParams = Stripe.PromotionCodeCreateParams;

const SUPPORTED = [
  "promotion",
  "active",
  "code",
  "customer",
  "expires_at",
  "max_redemptions",
  "metadata",
  "restrictions",
];

/** Words by which people get the reduction of a coupon. */
export const promotionCodes: Resource = {
  routes: [
    route<CreateParams>("POST /v1/promotion_codes", create),
    route<Stripe.PromotionCodeRetrieveParams>(
      "GET /v1/promotion_codes/{id}",
      (emulator, _params, id) => records(emulator).get(id),
    ),
    route<Stripe.PromotionCodeUpdateParams>("POST /v1/promotion_codes/{id}", update),
    route<Stripe.PromotionCodeListParams>("GET /v1/promotion_codes", list),
  ],
  tick(emulator) {
    const now = emulator.clock.seconds();
    for (const { id, active, expires_at: last } of records(emulator).all()) {
      if (active && last !== null && last <= now) records(emulator).update(id, { active: false });
    }
  },
};

function records(emulator: Emulator) {
  return emulator.records<Code>("promotion_code");
}

/** The code that people may type now, whatever its letters' case; null when there is none. */
export function findActiveCode(emulator: Emulator, typed: string): Code | null {
  const wanted = typed.trim().toLowerCase();
  const codes = records(emulator).all();
  return codes.find(({ active, code }) => active && code.toLowerCase() === wanted) ?? null;
}

function list(emulator: Emulator, params: Stripe.PromotionCodeListParams) {
  onlyEmulated(params, [
    "active",
    "code",
    "coupon",
    "customer",
    "created",
    "limit",
    "starting_after",
    "ending_before",
  ]);
  const matching = records(emulator)
    .all()
    .filter(
      (each) =>
        (params.active === undefined || each.active === params.active) &&
        (params.code === undefined || each.code.toLowerCase() === params.code.toLowerCase()) &&
        (params.coupon === undefined || idOf(each.promotion.coupon) === params.coupon) &&
        (params.customer === undefined || each.customer === params.customer),
    );
  return listPage(matching, params, "/v1/promotion_codes");
}

function create(emulator: Emulator, params: CreateParams): Code {
  onlyEmulated(params, SUPPORTED);
  const couponId = params.promotion.coupon;
  if (!couponId) throw missingParam("promotion[coupon]");
  const coupon = emulator.records<Stripe.Coupon>("coupon").get(couponId, "promotion[coupon]");
  if (!coupon.valid) {
    throw invalidRequest("This coupon is no longer valid.", { param: "promotion[coupon]" });
  }
  if (params.customer) emulator.records("customer").get(params.customer, "customer");
  const code = params.code ?? newId("", 8).toUpperCase();
  refuseBadCode(emulator, code);
  const limits = params.restrictions;
  if (limits?.minimum_amount && !limits.minimum_amount_currency) {
    throw missingParam("restrictions[minimum_amount_currency]");
  }

  const promotionCode = records(emulator).add({
    id: newId("promo_1"),
    object: "promotion_code",
    active: params.active ?? true,
    code,
    created: emulator.clock.seconds(),
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: changeMetadata({}, params.metadata),
    promotion: { coupon: coupon.id, type: "coupon" },
    restrictions: {
      first_time_transaction: limits?.first_time_transaction ?? false,
      minimum_amount: limits?.minimum_amount ?? null,
      minimum_amount_currency: limits?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  });
  emulator.emit("promotion_code.created", promotionCode);
  return promotionCode;
}

function refuseBadCode(emulator: Emulator, code: string): void {
  if (!/^[A-Za-z0-9-]{1,500}$/.test(code)) {
    throw invalidRequest("Promotion codes may only contain letters, digits and dashes.", {
      param: "code",
    });
  }
  if (findActiveCode(emulator, code)) {
    throw invalidRequest("An active promotion code with `code: " + code + "` already exists.", {
      param: "code",
    });
  }
}

function update(emulator: Emulator, params: Stripe.PromotionCodeUpdateParams, id: string): Code {
  onlyEmulated(params, ["active", "metadata"]);
  const before = structuredClone(records(emulator).get(id));
  const other = findActiveCode(emulator, before.code);
  if (params.active && other && other.id !== id) refuseBadCode(emulator, before.code);
  const code = records(emulator).update(id, {
    active: params.active ?? before.active,
    metadata: changeMetadata(before.metadata ?? {}, params.metadata),
  });
  emulator.emit("promotion_code.updated", code, changesBetween(before, code));
  return code;
}
