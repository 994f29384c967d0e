import type Stripe from "stripe";

import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import type { AppliedDiscount } from "../catalog/discounts.ts";
import { sessionAmounts } from "./session-discount.ts";

type SessionParts = {
  params: Stripe.Checkout.SessionCreateParams;
  items: Stripe.LineItem[];
  discount: AppliedDiscount | null;
  isTrial: boolean;
  /** Known customer's address, to show and to send the receipt to. */
  customerEmail: string | null;
  /** In setup mode, what saves the card. */
  setupIntent: string | null;
  /** Seconds since 1970. */
  now: number;
  /** Makes the address of the hosted page from the session's id. */
  urlOf: (id: string) => string;
};

const DEFAULT_LIFE_SECONDS = 24 * 60 * 60;

/** A new checkout session, open and unpaid, with everything that the API tells about one. */
export function newSession(parts: SessionParts): Stripe.Checkout.Session {
  const { params, items, discount, now } = parts;
  const id = newId("cs_test_a1", 56);
  const isSetup = params.mode === "setup";
  const amounts = sessionAmounts(items, discount, parts.isTrial);

  return {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: isSetup ? null : amounts.amount_subtotal,
    amount_total: isSetup ? null : amounts.amount_total,
    automatic_tax: automaticTax(params),
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: items[0]?.currency ?? params.currency?.toLowerCase() ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: params.customer ?? null,
    customer_account: null,
    customer_creation: params.customer ? null : (params.customer_creation ?? "if_required"),
    customer_details: parts.customerEmail ? customerDetails(parts.customerEmail, null) : null,
    customer_email: params.customer_email ?? null,
    discounts: amounts.discounts,
    expires_at: params.expires_at ?? now + DEFAULT_LIFE_SECONDS,
    integration_identifier: null,
    invoice: null,
    invoice_creation: params.mode === "payment" ? invoiceCreation(params) : null,
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: changeMetadata({}, params.metadata),
    mode: params.mode ?? "payment",
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: params.payment_method_collection ?? "always",
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: methodTypes(params),
    payment_status: isSetup ? "no_payment_required" : "unpaid",
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: parts.setupIntent,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    total_details: isSetup ? null : amounts.total_details,
    ui_mode: "hosted_page",
    url: parts.urlOf(id),
    wallet_options: null,
  };
}

/** What a session tells about the person who pays. */
export function customerDetails(
  email: string | null,
  name: string | null,
): Stripe.Checkout.Session.CustomerDetails {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: name,
    name,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}

function automaticTax(
  params: Stripe.Checkout.SessionCreateParams,
): Stripe.Checkout.Session.AutomaticTax {
  const enabled = params.automatic_tax?.enabled ?? false;
  return {
    enabled,
    liability: enabled ? { type: "self" } : null,
    provider: enabled ? "stripe" : null,
    status: enabled ? "requires_location_inputs" : null,
  };
}

function invoiceCreation({
  invoice_creation: params,
}: Stripe.Checkout.SessionCreateParams): Stripe.Checkout.Session.InvoiceCreation {
  return {
    enabled: params?.enabled ?? false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description: params?.invoice_data?.description ?? null,
      footer: params?.invoice_data?.footer ?? null,
      issuer: null,
      metadata: changeMetadata({}, params?.invoice_data?.metadata),
      rendering_options: null,
    },
  };
}

/** Cards, unless the site allows bank accounts too; a bank account can't only be held. */
function methodTypes(params: Stripe.Checkout.SessionCreateParams): string[] {
  if (params.payment_intent_data?.capture_method === "manual") return ["card"];
  return [...(params.allowed_payment_method_types ?? ["card"])];
}
