import type Stripe from "stripe";

import { invalidRequest, missingParam } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { newId } from "../api/new-id.ts";
import { newPrice } from "../catalog/price-object.ts";
import { addProduct } from "../catalog/product-object.ts";
import type { Emulator } from "../emulator.ts";

type ItemParams = Stripe.Checkout.SessionCreateParams.LineItem;
type Mode = Stripe.Checkout.Session.Mode;

/**
 * Makes the line items of a checkout, with a product and a price for each `price_data`.
 *
 * @returns at least one item, all in one currency
 * @throws StripeFailure for what Stripe would refuse
 */
export function createLineItems(
  emulator: Emulator,
  params: ItemParams[] | undefined,
  mode: Mode,
): Stripe.LineItem[] {
  if (!params || params.length === 0) throw missingParam("line_items");
  const items = params.map((item, position) =>
    createLineItem(emulator, item, mode, `line_items[${position}]`),
  );
  const currencies = new Set(items.map((item) => item.currency));
  if (currencies.size > 1) {
    throw invalidRequest("You can not combine currencies on a single Checkout Session.", {
      param: "line_items",
    });
  }
  if (mode === "subscription") refuseUnlikeIntervals(items);
  return items;
}

function refuseUnlikeIntervals(items: Stripe.LineItem[]): void {
  const recurring = items.flatMap(({ price }) => price?.recurring ?? []);
  if (recurring.length === 0) {
    throw invalidRequest(
      "You must provide at least one recurring price in `subscription` mode when using prices.",
      { param: "line_items" },
    );
  }
  if (new Set(recurring.map((each) => `${each.interval_count} ${each.interval}`)).size > 1) {
    throw invalidRequest(
      "Checkout does not support multiple prices with different billing intervals.",
      { param: "line_items" },
    );
  }
}

function createLineItem(
  emulator: Emulator,
  item: ItemParams,
  mode: Mode,
  param: string,
): Stripe.LineItem {
  if (item.price && item.price_data) {
    throw invalidRequest("You may only specify one of these parameters: price, price_data.", {
      param: `${param}[price]`,
    });
  }
  if (!item.price && !item.price_data) {
    throw invalidRequest("You must specify either `price` or `price_data`.", { param });
  }
  if (item.quantity === undefined) throw missingParam(`${param}[quantity]`);
  if (item.quantity < 1) {
    throw invalidRequest("This value must be greater than or equal to 1.", {
      param: `${param}[quantity]`,
      code: "parameter_invalid_integer",
    });
  }

  const price = item.price_data
    ? inlinePrice(emulator, item.price_data, `${param}[price_data]`)
    : knownPrice(emulator, item.price ?? "", `${param}[price]`);
  if (mode === "payment" && price.recurring) {
    throw invalidRequest(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param: item.price ? `${param}[price]` : `${param}[price_data][recurring]` },
    );
  }
  return lineItem(emulator, price, item.quantity);
}

/** One line of what is bought. */
function lineItem(emulator: Emulator, price: Stripe.Price, quantity: number): Stripe.LineItem {
  const amount = (price.unit_amount ?? 0) * quantity;
  const product = emulator.records<Stripe.Product>("product").get(idOf(price.product) ?? "");
  return {
    id: newId("li_1"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: product.name,
    metadata: {},
    price,
    quantity,
  };
}

function knownPrice(emulator: Emulator, id: string, param: string): Stripe.Price {
  const price = emulator.records<Stripe.Price>("price").get(id, param);
  if (!price.active) {
    throw invalidRequest(
      "The price specified is inactive. This field only accepts active prices.",
      { param },
    );
  }
  return price;
}

function inlinePrice(
  emulator: Emulator,
  data: NonNullable<ItemParams["price_data"]>,
  param: string,
): Stripe.Price {
  const product = productOf(emulator, data, param);
  // It is for one checkout only; a subscription finds it again when it renews.
  const price = newPrice(emulator, data, { product, isActive: false }, param);
  return data.recurring ? emulator.records<Stripe.Price>("price").add(price) : price;
}

function productOf(
  emulator: Emulator,
  data: NonNullable<ItemParams["price_data"]>,
  param: string,
): string {
  if (data.product) {
    return emulator.records<Stripe.Product>("product").get(data.product, `${param}[product]`).id;
  }
  if (!data.product_data) {
    throw invalidRequest("You must specify either `product` or `product_data`.", { param });
  }
  if (data.product_data.name.trim() === "") throw missingParam(`${param}[product_data][name]`);
  const { name, description, images, metadata, tax_code, unit_label } = data.product_data;
  return addProduct(emulator, { name, description, images, metadata, tax_code, unit_label }).id;
}
