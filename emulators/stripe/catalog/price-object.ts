import type Stripe from "stripe";

import { invalidRequest, missingParam, notEmulated } from "../api/failure.ts";
import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import type { Emulator } from "../emulator.ts";

const LARGEST_AMOUNT = 99_999_999;

/** Longest time between two payments, in each unit. */
const LONGEST_INTERVAL: Record<string, number> = { day: 1_095, week: 156, month: 36, year: 3 };

type PriceParams = {
  currency: string;
  unit_amount?: number;
  unit_amount_decimal?: Stripe.PriceCreateParams["unit_amount_decimal"];
  recurring?: {
    interval: Stripe.Price.Recurring.Interval;
    interval_count?: number;
    usage_type?: string;
  };
  tax_behavior?: Stripe.Price.TaxBehavior;
};

type PriceDetails = {
  product: string;
  isActive: boolean;
  lookupKey?: string;
  nickname?: string;
  metadata?: Stripe.PriceCreateParams["metadata"];
};

/**
 * A new price, not kept yet.
 *
 * @param param the parameter that holds it, for messages; empty when it is the whole call
 * @throws StripeFailure for amounts and intervals that Stripe would refuse
 */
export function newPrice(
  emulator: Emulator,
  params: PriceParams,
  details: PriceDetails,
  param = "",
): Stripe.Price {
  const amount = unitAmount(params, param);
  const currency = params.currency.toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) {
    throw invalidRequest(`Invalid currency: ${params.currency}.`, {
      param: within(param, "currency"),
    });
  }
  return {
    id: newId("price_1"),
    object: "price",
    active: details.isActive,
    billing_scheme: "per_unit",
    created: emulator.clock.seconds(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: details.lookupKey ?? null,
    metadata: changeMetadata({}, details.metadata),
    nickname: details.nickname ?? null,
    product: details.product,
    recurring: params.recurring ? recurringOf(params.recurring, param) : null,
    tax_behavior: params.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: params.recurring ? "recurring" : "one_time",
    unit_amount: amount,
    // Text on the wire; the SDK makes its Decimal of it when it reads the answer.
    unit_amount_decimal: String(amount) as unknown as Stripe.Price["unit_amount_decimal"],
  };
}

function recurringOf(
  recurring: NonNullable<PriceParams["recurring"]>,
  param: string,
): Stripe.Price.Recurring {
  const count = recurring.interval_count ?? 1;
  const place = within(param, "recurring");
  if (recurring.usage_type === "metered") throw notEmulated("metered prices", place);
  if (count < 1 || count > (LONGEST_INTERVAL[recurring.interval] ?? 0)) {
    throw invalidRequest("The interval must be between one day and three years.", {
      param: `${place}[interval_count]`,
    });
  }
  return {
    interval: recurring.interval,
    interval_count: count,
    meter: null,
    trial_period_days: null,
    usage_type: "licensed",
  };
}

function unitAmount(params: PriceParams, param: string): number {
  if (params.unit_amount_decimal !== undefined) {
    if (params.unit_amount !== undefined) {
      throw invalidRequest(
        "You may only specify one of these parameters: unit_amount, unit_amount_decimal.",
        { param: within(param, "unit_amount") },
      );
    }
    const amount = Math.round(Number(params.unit_amount_decimal));
    return refuseOutOfBounds(amount, within(param, "unit_amount_decimal"));
  }
  if (params.unit_amount === undefined) throw missingParam(within(param, "unit_amount"));
  return refuseOutOfBounds(params.unit_amount, within(param, "unit_amount"));
}

function within(param: string, key: string): string {
  return param ? `${param}[${key}]` : key;
}

function refuseOutOfBounds(amount: number, param: string): number {
  if (amount < 0) {
    throw invalidRequest("This value must be greater than or equal to 0.", {
      param,
      code: "parameter_invalid_integer",
    });
  }
  if (amount > LARGEST_AMOUNT) {
    throw invalidRequest("This value must be less than or equal to 99999999.", {
      param,
      code: "amount_too_large",
    });
  }
  return amount;
}
