import type Stripe from "stripe";

import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import type { Emulator } from "../emulator.ts";

/** Adds something that is sold. */
export function addProduct(emulator: Emulator, params: Stripe.ProductCreateParams): Stripe.Product {
  const now = emulator.clock.seconds();
  return emulator.records<Stripe.Product>("product").add({
    id: params.id ?? newId("prod_", 14),
    object: "product",
    active: params.active ?? true,
    created: now,
    default_price: null,
    description: params.description ?? null,
    images: params.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: changeMetadata({}, params.metadata),
    name: params.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: params.statement_descriptor ?? null,
    tax_code: params.tax_code ?? null,
    tax_details: null,
    type: "service",
    unit_label: params.unit_label ?? null,
    updated: now,
    url: params.url ?? null,
  });
}
