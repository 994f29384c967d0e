import { html, type Html } from "../../shared/page.ts";
import type { PaymentErrors, PaymentFields } from "../checkout/payment-page.ts";
import { field } from "./field.ts";

/** A card that pays, so that trying a page out is quick. */
export const TEST_CARD = {
  number: "4242 4242 4242 4242",
  expiry: "12/34",
  cvc: "123",
  state: "TX",
};

/** The inputs for a card and its holder. */
export function cardFields(fields: PaymentFields, errors: PaymentErrors): Html {
  function input(name: keyof PaymentFields, label: string, autocomplete: string) {
    const inputmode = name === "number" || name === "cvc" ? "numeric" : "text";
    const value = fields[name];
    return field({ name, label, value, error: errors[name], inputmode, autocomplete });
  }
  return html`${input("number", "Card number", "cc-number")}
    <div class="row">
      ${input("expiry", "Expiry (MM/YY)", "cc-exp")} ${input("cvc", "Security code", "cc-csc")}
    </div>
    ${input("name", "Name on card", "cc-name")}`;
}
