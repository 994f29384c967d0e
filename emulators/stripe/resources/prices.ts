import type Stripe from "stripe";

import { changesBetween } from "../api/changes-between.ts";
import { invalidRequest, missingParam } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { newPrice } from "../catalog/price-object.ts";
import { addProduct } from "../catalog/product-object.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

type Price = Stripe.Price;

const CHANGEABLE = ["active", "lookup_key", "transfer_lookup_key", "metadata", "nickname"];
const SUPPORTED = [
  ...CHANGEABLE,
  "currency",
  "product",
  "product_data",
  "recurring",
  "tax_behavior",
  "unit_amount",
  "unit_amount_decimal",
];

/** How much something costs: once, or every so often. The amount of a price never changes. */
export const prices: Resource = {
  routes: [
    route<Stripe.PriceCreateParams>("POST /v1/prices", create),
    route<Stripe.PriceRetrieveParams>("GET /v1/prices/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.PriceUpdateParams>("POST /v1/prices/{id}", update),
    route<Stripe.PriceListParams>("GET /v1/prices", list),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Price>("price");
}

function list(emulator: Emulator, params: Stripe.PriceListParams) {
  onlyEmulated(params, [
    "active",
    "currency",
    "lookup_keys",
    "product",
    "type",
    "created",
    "limit",
    "starting_after",
    "ending_before",
  ]);
  const matching = records(emulator)
    .all()
    .filter(
      (price) =>
        (params.active === undefined || price.active === params.active) &&
        (params.currency === undefined || price.currency === params.currency) &&
        (params.product === undefined || price.product === params.product) &&
        (params.type === undefined || price.type === params.type) &&
        (params.lookup_keys === undefined || params.lookup_keys.includes(price.lookup_key ?? "")),
    );
  return listPage(matching, params, "/v1/prices");
}

function create(emulator: Emulator, params: Stripe.PriceCreateParams): Price {
  onlyEmulated(params, SUPPORTED);
  const price = newPrice(emulator, params, {
    product: productOf(emulator, params),
    isActive: params.active ?? true,
    lookupKey: params.lookup_key,
    nickname: params.nickname,
    metadata: params.metadata,
  });
  freeLookupKey(emulator, params);
  records(emulator).add(price);
  emulator.emit("price.created", price);
  return price;
}

function productOf(emulator: Emulator, params: Stripe.PriceCreateParams): string {
  if (params.product) return emulator.records("product").get(params.product, "product").id;
  if (!params.product_data) throw missingParam("product");
  const { name, metadata, tax_code, unit_label } = params.product_data;
  const product = addProduct(emulator, { name, metadata, tax_code, unit_label });
  emulator.emit("product.created", product);
  return product.id;
}

function update(emulator: Emulator, params: Stripe.PriceUpdateParams, id: string): Price {
  onlyEmulated(params, CHANGEABLE);
  const before = structuredClone(records(emulator).get(id));
  if (params.lookup_key !== before.lookup_key) freeLookupKey(emulator, params);
  const price = records(emulator).update(id, {
    active: params.active ?? before.active,
    lookup_key: params.lookup_key ?? before.lookup_key,
    nickname: params.nickname ?? before.nickname,
    metadata: changeMetadata(before.metadata, params.metadata),
  });
  emulator.emit("price.updated", price, changesBetween(before, price));
  return price;
}

/** A lookup key names one price; another one may take it over. */
function freeLookupKey(
  emulator: Emulator,
  params: { lookup_key?: string; transfer_lookup_key?: boolean },
): void {
  if (!params.lookup_key) return;
  const owner = records(emulator)
    .all()
    .find((price) => price.lookup_key === params.lookup_key);
  if (!owner) return;
  if (!params.transfer_lookup_key) {
    throw invalidRequest(
      `A price (\`${owner.id}\`) already uses that lookup key. Specify \`transfer_lookup_key=true\` to transfer it.`,
      { param: "lookup_key" },
    );
  }
  records(emulator).update(owner.id, { lookup_key: null });
}
