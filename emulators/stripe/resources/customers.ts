import type Stripe from "stripe";

import { changesBetween } from "../api/changes-between.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { endSubscription } from "../billing/subscription-changes.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { methodOfCustomer } from "./payment-methods.ts";

const TEXTS = ["name", "email", "phone", "description"] as const;
const SUPPORTED = [...TEXTS, "metadata", "address", "preferred_locales"];

/** People who pay. */
export const customers: Resource = {
  routes: [
    route<Stripe.CustomerCreateParams>("POST /v1/customers", createCustomer),
    route<Stripe.CustomerRetrieveParams>("GET /v1/customers/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.CustomerUpdateParams>("POST /v1/customers/{id}", update),
    route<Stripe.CustomerDeleteParams>("DELETE /v1/customers/{id}", remove),
    route<Stripe.CustomerListParams>("GET /v1/customers", list),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.Customer>("customer");
}

/**
 * Makes a customer, for the API and for Checkout.
 *
 * @throws StripeFailure for parameters without effect here
 */
export function createCustomer(
  emulator: Emulator,
  params: Stripe.CustomerCreateParams,
): Stripe.Customer {
  onlyEmulated(params, SUPPORTED);
  const customer = records(emulator).add({
    id: newId("cus_", 14),
    object: "customer",
    address: null,
    balance: 0,
    created: emulator.clock.seconds(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: newId("", 8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: changeMetadata({}, params.metadata),
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
    ...changedFields(params),
  });
  emulator.emit("customer.created", customer);
  return customer;
}

function update(
  emulator: Emulator,
  params: Stripe.CustomerUpdateParams,
  id: string,
): Stripe.Customer {
  onlyEmulated(params, [...SUPPORTED, "invoice_settings"]);
  const before = structuredClone(records(emulator).get(id));
  const changes: Partial<Stripe.Customer> = {
    ...changedFields(params),
    metadata: changeMetadata(before.metadata, params.metadata),
  };
  if (params.invoice_settings) {
    onlyEmulated(params.invoice_settings, ["default_payment_method"], "invoice_settings");
    const method = params.invoice_settings.default_payment_method;
    const param = "invoice_settings[default_payment_method]";
    if (method) methodOfCustomer(emulator, method, id, param);
    changes.invoice_settings = {
      ...before.invoice_settings,
      default_payment_method: method || null,
    };
  }
  const customer = records(emulator).update(id, changes);

  const previous = changesBetween(before, customer);
  if (Object.keys(previous).length > 0) emulator.emit("customer.updated", customer, previous);
  return customer;
}

/** Takes the person away with their memberships; payments keep the id of who made them. */
function remove(emulator: Emulator, _params: object, id: string) {
  const customer = records(emulator).get(id);
  for (const subscription of emulator.records<Stripe.Subscription>("subscription").all()) {
    if (subscription.customer !== id || subscription.status === "canceled") continue;
    endSubscription(emulator, subscription.id, "cancellation_requested");
  }
  records(emulator).remove(id);
  emulator.emit("customer.deleted", customer);
  return { id, object: "customer", deleted: true };
}

function list(emulator: Emulator, params: Stripe.CustomerListParams) {
  const matching = records(emulator)
    .all()
    .filter((customer) => params.email === undefined || customer.email === params.email);
  return listPage(matching, params, "/v1/customers");
}

function changedFields(
  params: Stripe.CustomerCreateParams | Stripe.CustomerUpdateParams,
): Partial<Stripe.Customer> {
  const changes: Partial<Stripe.Customer> = {};
  for (const field of TEXTS) {
    const text = params[field];
    if (text !== undefined) changes[field] = text || null; // an empty text unsets
  }
  if (params.preferred_locales) changes.preferred_locales = params.preferred_locales;
  if (params.address !== undefined) changes.address = completeAddress(params.address);
  return changes;
}

function completeAddress(address: Stripe.CustomerCreateParams["address"]): Stripe.Address | null {
  if (!address) return null;
  return {
    city: address.city ?? null,
    country: address.country ?? null,
    line1: address.line1 ?? null,
    line2: address.line2 ?? null,
    postal_code: address.postal_code ?? null,
    state: address.state ?? null,
  };
}
