import type Stripe from "stripe";

import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";

type Params = Stripe.AccountCreateParams;

/** A new connected account of which nothing is known but what the platform said. */
export function newAccount(params: Params, now: number): Stripe.Account {
  const id = newId("acct_1", 15);
  return {
    id,
    object: "account",
    business_profile: businessProfile(params.business_profile),
    business_type: params.business_type ?? null,
    capabilities: {},
    charges_enabled: false,
    controller: {
      fees: { payer: "application" },
      is_controller: true,
      losses: { payments: "application" },
      requirement_collection: "stripe",
      stripe_dashboard: { type: "express" },
      type: "application",
    },
    country: params.country ?? "US",
    created: now,
    default_currency: params.default_currency ?? "usd",
    details_submitted: false,
    email: params.email ?? null,
    external_accounts: {
      object: "list",
      data: [],
      has_more: false,
      url: `/v1/accounts/${id}/external_accounts`,
    },
    future_requirements: noRequirements(),
    metadata: changeMetadata({}, params.metadata),
    payouts_enabled: false,
    requirements: noRequirements(),
    settings: settings(params.settings),
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: "none", // it has a controller instead
  };
}

/** Requirements of an account, or of a capability, from which nothing is asked. */
export function noRequirements() {
  return {
    alternatives: [],
    current_deadline: null,
    currently_due: [] as string[],
    disabled_reason: null,
    errors: [],
    eventually_due: [] as string[],
    past_due: [] as string[],
    pending_verification: [] as string[],
  };
}

export function businessProfile(
  params: Params["business_profile"] = {},
  known?: Stripe.Account.BusinessProfile | null,
): Stripe.Account.BusinessProfile {
  return {
    mcc: params.mcc ?? known?.mcc ?? null,
    minority_owned_business_designation: null,
    name: params.name ?? known?.name ?? null,
    product_description: params.product_description ?? known?.product_description ?? null,
    specified_commercial_transactions_act_url: null,
    support_address: null,
    support_email: params.support_email ?? known?.support_email ?? null,
    support_phone: params.support_phone ?? known?.support_phone ?? null,
    support_url: null,
    url: params.url ?? known?.url ?? null,
  };
}

/** How an account is paid out: every day, or when someone asks. */
function settings(params: Params["settings"]): Stripe.Account.Settings {
  return {
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_payments: {
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: null, timezone: "Etc/UTC" },
    payments: {
      statement_descriptor: null,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    payouts: {
      debit_negative_balances: params?.payouts?.debit_negative_balances ?? true,
      schedule: { delay_days: 2, interval: params?.payouts?.schedule?.interval ?? "daily" },
      statement_descriptor: null,
    },
  };
}
