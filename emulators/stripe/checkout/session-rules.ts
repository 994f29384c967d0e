import type Stripe from "stripe";

import { invalidRequest, missingParam, notEmulated } from "../api/failure.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { refuseBadUrl } from "../api/refuse-bad-url.ts";

type Params = Stripe.Checkout.SessionCreateParams;

const SUPPORTED = [
  "mode",
  "ui_mode",
  "line_items",
  "customer",
  "customer_email",
  "customer_creation",
  "customer_update",
  "client_reference_id",
  "metadata",
  "payment_intent_data",
  "expires_at",
  "success_url",
  "cancel_url",
  "locale",
  "submit_type",
  "currency",
  "allow_promotion_codes",
  "discounts",
  "automatic_tax",
  "billing_address_collection",
  "invoice_creation",
  "payment_method_collection",
  "tax_id_collection",
  "allowed_payment_method_types",
  "setup_intent_data",
  "subscription_data",
];

const SUPPORTED_SUBSCRIPTION_DATA = [
  "billing_mode",
  "description",
  "metadata",
  "trial_end",
  "trial_period_days",
  "trial_settings",
];

const METHOD_TYPES = ["card", "us_bank_account"];

/** Parameters that only make sense in one of the modes. */
const ONLY_IN_MODE: [keyof Params, Params["mode"]][] = [
  ["payment_intent_data", "payment"],
  ["invoice_creation", "payment"],
  ["submit_type", "payment"],
  ["setup_intent_data", "setup"],
  ["subscription_data", "subscription"],
];

const SUPPORTED_INTENT_DATA = [
  "capture_method",
  "description",
  "metadata",
  "receipt_email",
  "setup_future_usage",
  "statement_descriptor",
  "statement_descriptor_suffix",
  "transfer_group",
];

const LONGEST_REFERENCE = 200;
const LONGEST_DESCRIPTOR = 22;
const SHORTEST_LIFE_SECONDS = 30 * 60;
const LONGEST_LIFE_SECONDS = 24 * 60 * 60;

/**
 * The rules of Checkout that the types of its parameters can't say.
 *
 * @param now seconds since 1970
 * @throws StripeFailure for what Stripe would refuse, and for what the emulator can't do
 */
export function checkSessionParams(params: Params, now: number): void {
  onlyEmulated(params, SUPPORTED);
  if (!params.mode) throw missingParam("mode");
  checkMode(params);
  if (params.ui_mode && params.ui_mode !== "hosted_page") {
    throw notEmulated(`the ui_mode ${params.ui_mode}`, "ui_mode");
  }

  if (!params.success_url) throw missingParam("success_url");
  refuseBadUrl(params.success_url, "success_url");
  if (params.cancel_url !== undefined) refuseBadUrl(params.cancel_url, "cancel_url");

  if (params.customer && params.customer_email) {
    throw invalidRequest(
      "You may only specify one of these parameters: customer, customer_email.",
      {
        param: "customer",
      },
    );
  }
  if (params.customer_creation && params.customer) {
    throw invalidRequest("`customer_creation` cannot be used when `customer` is given.", {
      param: "customer_creation",
    });
  }
  if (params.customer_update && !params.customer) {
    throw invalidRequest("`customer_update` can only be used with `customer`.", {
      param: "customer_update",
    });
  }
  if ((params.client_reference_id?.length ?? 0) > LONGEST_REFERENCE) {
    throw invalidRequest(`Invalid string: must be at most ${LONGEST_REFERENCE} characters`, {
      param: "client_reference_id",
    });
  }
  checkDiscounts(params);
  checkIntentData(params.payment_intent_data);
  checkExpiry(params.expires_at, now);
}

function checkMode(params: Params): void {
  for (const [param, mode] of ONLY_IN_MODE) {
    if (params[param] !== undefined && params.mode !== mode) {
      throw invalidRequest(`You can not pass \`${param}\` in \`${params.mode}\` mode.`, { param });
    }
  }
  if (params.mode === "setup" && params.line_items) {
    throw invalidRequest("You can not pass `line_items` in `setup` mode.", { param: "line_items" });
  }
  onlyEmulated(params.subscription_data ?? {}, SUPPORTED_SUBSCRIPTION_DATA, "subscription_data");
  if (params.mode === "subscription" && params.customer_creation) {
    throw invalidRequest("`customer_creation` can only be used in `payment` and `setup` mode.", {
      param: "customer_creation",
    });
  }
  if (params.mode === "setup" && !params.currency) throw missingParam("currency");
  for (const type of params.allowed_payment_method_types ?? []) {
    if (!METHOD_TYPES.includes(type)) {
      throw notEmulated(`payments by ${type}`, "allowed_payment_method_types");
    }
  }
}

function checkDiscounts({ discounts, allow_promotion_codes: allowCodes }: Params): void {
  if (discounts && allowCodes !== undefined) {
    throw invalidRequest(
      "You may only specify one of these parameters: allow_promotion_codes, discounts.",
      { param: "allow_promotion_codes" },
    );
  }
  if ((discounts?.length ?? 0) > 1) {
    throw invalidRequest("You can only pass one discount to a Checkout Session.", {
      param: "discounts",
    });
  }
  const discount = discounts?.[0];
  if (discount?.coupon && discount.promotion_code) {
    throw invalidRequest("You may only specify one of these parameters: coupon, promotion_code.", {
      param: "discounts[0][coupon]",
    });
  }
}

function checkIntentData(data: Params["payment_intent_data"]): void {
  if (!data) return;
  onlyEmulated(data, SUPPORTED_INTENT_DATA, "payment_intent_data");
  for (const key of ["statement_descriptor", "statement_descriptor_suffix"] as const) {
    if ((data[key]?.length ?? 0) > LONGEST_DESCRIPTOR) {
      throw invalidRequest(
        `The statement descriptor must be at most ${LONGEST_DESCRIPTOR} characters.`,
        { param: `payment_intent_data[${key}]` },
      );
    }
  }
}

function checkExpiry(expiresAt: number | undefined, now: number): void {
  if (expiresAt === undefined) return;
  if (expiresAt < now + SHORTEST_LIFE_SECONDS) {
    throw invalidRequest(
      "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
      { param: "expires_at" },
    );
  }
  if (expiresAt > now + LONGEST_LIFE_SECONDS) {
    throw invalidRequest(
      "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
      { param: "expires_at" },
    );
  }
}
