import type Stripe from "stripe";

import { html, type Html } from "../../shared/page.ts";
import { TEST_CARDS, type CardErrors } from "./cards.ts";
import { field } from "../pages/field.ts";
import { hostedPage } from "../pages/layout.ts";
import { money } from "../pages/money.ts";

/** What stands in the form: as typed before, or what makes trying it out quick. */
export type PaymentFields = {
  email: string;
  name: string;
  number: string;
  expiry: string;
  cvc: string;
};

export type PaymentErrors = CardErrors & { email?: string; name?: string };

type PaymentPage = {
  businessName: string;
  session: Stripe.Checkout.Session;
  items: Stripe.LineItem[];
  fields: PaymentFields;
  errors: PaymentErrors;
  /** Why the last attempt failed. */
  declined: string | null;
};

type InputOptions = { label: string; type?: string; inputmode?: string; autocomplete: string };

/** The page where people pay: what they buy on one side, the card's form on the other. */
export function paymentPage({
  businessName,
  session,
  items,
  fields,
  errors,
  declined,
}: PaymentPage): Html {
  const total = money(session.amount_total ?? 0, session.currency ?? "usd");
  const hasErrors = Boolean(declined) || Object.keys(errors).length > 0;
  function input(name: keyof PaymentFields, options: InputOptions) {
    return field({ name, value: fields[name], error: errors[name], ...options });
  }

  const main = html`<main class="split">
    <section class="summary" aria-label="What you pay for">
      <div>
        <p class="business">${businessName}</p>
        <p class="total"><small>Total due</small> ${total}</p>
        <ul class="items">
          ${items.map(itemRow)}
        </ul>
        ${
          session.cancel_url
            ? html`<p><a href="${session.cancel_url}">Cancel and go back</a></p>`
            : ""
        }
      </div>
    </section>
    <section class="payment" aria-labelledby="pay-title">
      <div>
        <h1 id="pay-title">Pay with card</h1>
        ${declined ? html`<p class="alert" role="alert">${declined}</p>` : ""}
        <form method="post" novalidate>
          ${input("email", { label: "Email", type: "email", autocomplete: "email" })}
          ${input("number", {
            label: "Card number",
            inputmode: "numeric",
            autocomplete: "cc-number",
          })}
          <div class="row">
            ${input("expiry", { label: "Expiry (MM/YY)", autocomplete: "cc-exp" })}
            ${input("cvc", {
              label: "Security code",
              inputmode: "numeric",
              autocomplete: "cc-csc",
            })}
          </div>
          ${input("name", { label: "Name on card", autocomplete: "cc-name" })}
          <button type="submit">Pay ${total}</button>
        </form>
        <details>
          <summary>Test cards</summary>
          <dl>
            ${TEST_CARDS.map(
              (card) =>
                html`<dt><code>${card.number}</code></dt>
                  <dd>${card.effect}</dd>`,
            )}
          </dl>
        </details>
      </div>
    </section>
  </main>`;
  return hostedPage(`${hasErrors ? "Error: " : ""}Pay ${businessName}`, main);
}

function itemRow(item: Stripe.LineItem): Html {
  const quantity = item.quantity ?? 1;
  return html`<li>
    <span
      >${item.description}
      ${quantity > 1 ? html`<span class="soft">Quantity ${quantity}</span>` : ""}</span
    >
    <span>${money(item.amount_total, item.currency)}</span>
  </li>`;
}
