import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { taxOn } from "../tax/rates.ts";

type Calculation = Stripe.Tax.Calculation & { id: string };

const DAYS_90 = 90 * 24 * 60 * 60;

/** What tax would be taken of a sale, before a card is charged for it. */
export const taxCalculations: Resource = {
  routes: [
    route<Stripe.Tax.CalculationCreateParams>("POST /v1/tax/calculations", create),
    route<Stripe.Tax.CalculationRetrieveParams>(
      "GET /v1/tax/calculations/{id}",
      (emulator, _params, id) => emulator.records<Calculation>("tax.calculation").get(id),
    ),
  ],
};

function create(emulator: Emulator, params: Stripe.Tax.CalculationCreateParams): Calculation {
  onlyEmulated(params, ["currency", "customer", "line_items"]);
  for (const [position, item] of params.line_items.entries()) {
    onlyEmulated(
      item,
      ["amount", "quantity", "reference", "tax_behavior", "tax_code"],
      `line_items[${position}]`,
    );
    if (item.tax_behavior !== "exclusive") {
      throw invalidRequest("Only tax on top of the price is emulated.", {
        param: `line_items[${position}][tax_behavior]`,
      });
    }
  }
  const { address } = emulator
    .records<Stripe.Customer>("customer")
    .get(params.customer ?? "", "customer");
  if (!address) {
    throw invalidRequest(
      "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
      { code: "customer_tax_location_invalid", param: "customer" },
    );
  }

  const price = params.line_items.reduce((sum, { amount }) => sum + amount, 0);
  const tax = taxOn(address, price);
  const now = emulator.clock.seconds();
  return emulator.records<Calculation>("tax.calculation").add({
    id: newId("taxcalc_1"),
    object: "tax.calculation",
    amount_total: price + tax,
    currency: params.currency.toLowerCase(),
    customer: params.customer ?? null,
    customer_details: {
      address,
      address_source: "billing",
      ip_address: null,
      tax_ids: [],
      taxability_override: "none",
    },
    expires_at: now + DAYS_90,
    livemode: false,
    ship_from_details: null,
    shipping_cost: null,
    tax_amount_exclusive: tax,
    tax_amount_inclusive: 0,
    tax_breakdown: [],
    tax_date: now,
  });
}
