import type Stripe from "stripe";

import { changesBetween } from "../api/changes-between.ts";
import { invalidRequest, missingParam } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { newPrice } from "../catalog/price-object.ts";
import { addProduct } from "../catalog/product-object.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

type Product = Stripe.Product;

const CHANGEABLE = [
  "active",
  "name",
  "description",
  "metadata",
  "tax_code",
  "unit_label",
  "images",
];

/** What is sold. */
export const products: Resource = {
  routes: [
    route<Stripe.ProductCreateParams>("POST /v1/products", create),
    route<Stripe.ProductRetrieveParams>("GET /v1/products/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.ProductUpdateParams>("POST /v1/products/{id}", update),
    route<Stripe.ProductDeleteParams>("DELETE /v1/products/{id}", remove),
    route<Stripe.ProductListParams>("GET /v1/products", list),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Product>("product");
}

function list(emulator: Emulator, params: Stripe.ProductListParams) {
  onlyEmulated(params, ["active", "ids", "created", "limit", "starting_after", "ending_before"]);
  const matching = records(emulator)
    .all()
    .filter(
      (product) =>
        (params.active === undefined || product.active === params.active) &&
        (params.ids === undefined || params.ids.includes(product.id)),
    );
  return listPage(matching, params, "/v1/products");
}

function create(emulator: Emulator, params: Stripe.ProductCreateParams): Product {
  onlyEmulated(params, [...CHANGEABLE, "id", "url", "statement_descriptor", "default_price_data"]);
  if (params.name.trim() === "") throw missingParam("name");
  if (params.id && records(emulator).find(params.id)) {
    throw invalidRequest("Product already exists.", { code: "resource_already_exists" });
  }
  const product = addProduct(emulator, params);
  emulator.emit("product.created", product);
  if (!params.default_price_data) return product;

  const { metadata, ...data } = params.default_price_data;
  const details = { product: product.id, isActive: true, metadata };
  const price = newPrice(emulator, data, details, "default_price_data");
  emulator.records<Stripe.Price>("price").add(price);
  emulator.emit("price.created", price);
  return records(emulator).update(product.id, { default_price: price.id });
}

function update(emulator: Emulator, params: Stripe.ProductUpdateParams, id: string): Product {
  onlyEmulated(params, [...CHANGEABLE, "default_price"]);
  const before = structuredClone(records(emulator).get(id));
  if (params.default_price) {
    emulator.records("price").get(params.default_price, "default_price");
  }
  const product = records(emulator).update(id, {
    active: params.active ?? before.active,
    name: params.name ?? before.name,
    description: params.description ?? before.description,
    images: params.images || before.images,
    tax_code: params.tax_code ?? before.tax_code,
    unit_label: params.unit_label ?? before.unit_label,
    default_price: params.default_price ?? before.default_price,
    metadata: changeMetadata(before.metadata, params.metadata),
    updated: emulator.clock.seconds(),
  });
  emulator.emit("product.updated", product, changesBetween(before, product));
  return product;
}

function remove(emulator: Emulator, _params: object, id: string) {
  const product = records(emulator).get(id);
  const prices = emulator.records<Stripe.Price>("price").all();
  if (prices.some((price) => idOf(price.product) === id)) {
    throw invalidRequest(
      "This product cannot be deleted because it has one or more user-created prices.",
    );
  }
  records(emulator).remove(id);
  emulator.emit("product.deleted", product);
  return { id, object: "product", deleted: true };
}
