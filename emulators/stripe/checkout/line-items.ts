import type Stripe from "stripe";

import { invalidRequest, missingParam, noSuch } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { newId } from "../api/new-id.ts";
import type { Emulator } from "../emulator.ts";

type ItemParams = Stripe.Checkout.SessionCreateParams.LineItem;

const LARGEST_AMOUNT = 99_999_999;

/**
 * Makes the line items of a checkout, with a product and a price for each `price_data`.
 *
 * @returns at least one item, all in one currency
 * @throws StripeFailure for what Stripe would refuse
 */
export function createLineItems(
  emulator: Emulator,
  params: ItemParams[] | undefined,
): Stripe.LineItem[] {
  if (!params || params.length === 0) throw missingParam("line_items");
  const items = params.map((item, position) =>
    createLineItem(emulator, item, `line_items[${position}]`),
  );
  const currencies = new Set(items.map((item) => item.currency));
  if (currencies.size > 1) {
    throw invalidRequest("You can not combine currencies on a single Checkout Session.", {
      param: "line_items",
    });
  }
  return items;
}

function createLineItem(emulator: Emulator, item: ItemParams, param: string): Stripe.LineItem {
  if (item.price && item.price_data) {
    throw invalidRequest("You may only specify one of these parameters: price, price_data.", {
      param: `${param}[price]`,
    });
  }
  if (item.price) throw noSuch("price", item.price, `${param}[price]`);
  if (!item.price_data) {
    throw invalidRequest("You must specify either `price` or `price_data`.", { param });
  }
  if (item.quantity === undefined) throw missingParam(`${param}[quantity]`);
  if (item.quantity < 1) {
    throw invalidRequest("This value must be greater than or equal to 1.", {
      param: `${param}[quantity]`,
      code: "parameter_invalid_integer",
    });
  }

  const price = createPrice(emulator, item.price_data, `${param}[price_data]`);
  const amount = (price.unit_amount ?? 0) * item.quantity;
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
    quantity: item.quantity,
  };
}

function createPrice(
  emulator: Emulator,
  data: NonNullable<ItemParams["price_data"]>,
  param: string,
): Stripe.Price {
  if (data.recurring) {
    throw invalidRequest(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param: `${param}[recurring]` },
    );
  }
  const amount = unitAmount(data, param);
  const currency = data.currency.toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) {
    throw invalidRequest(`Invalid currency: ${data.currency}.`, { param: `${param}[currency]` });
  }

  return {
    id: newId("price_1"),
    object: "price",
    active: false, // made for one checkout only
    billing_scheme: "per_unit",
    created: emulator.clock.seconds(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: productOf(emulator, data, param),
    recurring: null,
    tax_behavior: data.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: "one_time",
    unit_amount: amount,
    // Text on the wire; the SDK makes its Decimal of it when it reads the answer.
    unit_amount_decimal: String(amount) as unknown as Stripe.Price["unit_amount_decimal"],
  };
}

function unitAmount(data: NonNullable<ItemParams["price_data"]>, param: string): number {
  if (data.unit_amount_decimal !== undefined) {
    if (data.unit_amount !== undefined) {
      throw invalidRequest(
        "You may only specify one of these parameters: unit_amount, unit_amount_decimal.",
        { param: `${param}[unit_amount]` },
      );
    }
    const amount = Number(data.unit_amount_decimal);
    return refuseOutOfBounds(Math.round(amount), `${param}[unit_amount_decimal]`);
  }
  if (data.unit_amount === undefined) throw missingParam(`${param}[unit_amount]`);
  return refuseOutOfBounds(data.unit_amount, `${param}[unit_amount]`);
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

function productOf(
  emulator: Emulator,
  data: NonNullable<ItemParams["price_data"]>,
  param: string,
): string {
  const products = emulator.records<Stripe.Product>("product");
  if (data.product) return products.get(data.product, `${param}[product]`).id;
  if (!data.product_data) {
    throw invalidRequest("You must specify either `product` or `product_data`.", { param });
  }
  if (data.product_data.name.trim() === "") throw missingParam(`${param}[product_data][name]`);

  const now = emulator.clock.seconds();
  return products.add({
    id: newId("prod_", 14),
    object: "product",
    active: true,
    created: now,
    default_price: null,
    description: data.product_data.description ?? null,
    images: data.product_data.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: Object.fromEntries(
      Object.entries(data.product_data.metadata ?? {}).map(([key, value]) => [key, String(value)]),
    ),
    name: data.product_data.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: data.product_data.tax_code ?? null,
    tax_details: null,
    type: "service",
    unit_label: data.product_data.unit_label ?? null,
    updated: now,
    url: null,
  }).id;
}
