import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { newId } from "../api/new-id.ts";
import type { Period } from "./periods.ts";

/** What a line of an invoice is about; amounts in cents. */
export type LineDraft = {
  amount: number;
  description: string;
  period: Period;
  price: Stripe.Price | null;
  quantity: number;
  /** The subscription and its item, when it is for one. */
  subscription?: string;
  item?: string;
  /** A change in the middle of a period. */
  isProration?: boolean;
};

/** A line of an invoice as the API tells it. */
export function invoiceLine(invoice: string, draft: LineDraft): Stripe.InvoiceLineItem {
  const { amount, price, quantity, subscription, item } = draft;
  return {
    id: newId("il_1"),
    object: "line_item",
    amount,
    currency: price?.currency ?? "usd",
    description: draft.description,
    discount_amounts: [],
    discountable: !draft.isProration,
    discounts: [],
    invoice,
    livemode: false,
    metadata: {},
    parent:
      subscription && item
        ? {
            invoice_item_details: null,
            subscription_item_details: {
              invoice_item: null,
              proration: draft.isProration ?? false,
              proration_details: null,
              subscription,
              subscription_item: item,
            },
            type: "subscription_item_details",
          }
        : null,
    period: draft.period,
    pretax_credit_amounts: [],
    pricing: price && {
      price_details: { price: price.id, product: idOf(price.product) ?? "" },
      type: "price_details",
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity) as unknown as Stripe.InvoiceLineItem["quantity_decimal"],
    subscription: subscription ?? null,
    subtotal: amount,
    taxes: [],
  };
}
