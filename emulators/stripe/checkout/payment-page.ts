import type Stripe from "stripe";

import { html, type Html } from "../../shared/page.ts";
import { TEST_CARDS, type CardErrors } from "../payments/cards.ts";
import { takesBankAccounts } from "./bank-page.ts";
import { asksForState } from "./session-tax.ts";
import { cardFields } from "../pages/card-fields.ts";
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
  /** Where tax is reckoned. */
  state: string;
};

export type PaymentErrors = CardErrors & { email?: string; name?: string; state?: string };

type PaymentPage = {
  businessName: string;
  session: Stripe.Checkout.Session;
  items: Stripe.LineItem[];
  fields: PaymentFields;
  errors: PaymentErrors;
  /** Why the last attempt failed. */
  declined: string | null;
  promotion: Promotion;
};

type Promotion = {
  /** The code that is applied. */
  code: string | null;
  /** What was typed, and why it isn't. */
  typed: string;
  error: string;
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
  promotion,
}: PaymentPage): Html {
  const { title, button, total } = wording(session);
  const hasErrors = Boolean(declined ?? promotion.error) || Object.keys(errors).length > 0;
  function input(name: keyof PaymentFields, options: InputOptions) {
    return field({ name, value: fields[name], error: errors[name], ...options });
  }

  const main = html`<main class="split">
    <section class="summary" aria-label="What you pay for">
      <div>
        <p class="business">${businessName}</p>
        ${total ? html`<p class="total"><small>Total due</small> ${total}</p>` : ""}
        <ul class="items">
          ${items.map(itemRow)} ${discountRow(session)} ${taxRow(session)}
        </ul>
        ${session.allow_promotion_codes ? promotionForm(session, promotion) : ""}
        ${
          session.cancel_url
            ? html`<p><a href="${session.cancel_url}">Cancel and go back</a></p>`
            : ""
        }
      </div>
    </section>
    <section class="payment" aria-labelledby="pay-title">
      <div>
        <h1 id="pay-title">${title}</h1>
        ${declined ? html`<p class="alert" role="alert">${declined}</p>` : ""}
        <form method="post" novalidate>
          ${input("email", { label: "Email", type: "email", autocomplete: "email" })}
          ${
            isFree(session)
              ? input("name", { label: "Name", autocomplete: "name" })
              : cardFields(fields, errors)
          }
          ${
            asksForState(session)
              ? input("state", { label: "State", autocomplete: "address-level1" })
              : ""
          }
          <button type="submit">${button}</button>
        </form>
        ${
          takesBankAccounts(session)
            ? html`<p><a href="/c/pay/${session.id}/bank">Pay from a bank account instead</a></p>`
            : ""
        }
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

/** Whether no card is needed: a coupon pays it all, or the site lets trials begin without one. */
export function isFree(session: Stripe.Checkout.Session): boolean {
  if (session.mode === "setup" || session.amount_total !== 0) return false;
  return session.mode === "payment" || session.payment_method_collection === "if_required";
}

function taxRow(session: Stripe.Checkout.Session): Html | string {
  if (!asksForState(session)) return "";
  const isKnown = session.automatic_tax.status === "complete";
  return html`<li>
    <span>Tax</span>
    <span
      >${isKnown ? money(session.total_details?.amount_tax ?? 0, session.currency ?? "usd") : "by your state"}</span
    >
  </li>`;
}

function discountRow(session: Stripe.Checkout.Session): Html | string {
  const discount = session.total_details?.amount_discount ?? 0;
  if (discount === 0) return "";
  return html`<li>
    <span>Discount</span>
    <span>−${money(discount, session.currency ?? "usd")}</span>
  </li>`;
}

function promotionForm(session: Stripe.Checkout.Session, promotion: Promotion): Html {
  const action = `/c/pay/${session.id}/promotion-code`;
  if (promotion.code) {
    return html`<form method="post" action="${action}">
      <p><code>${promotion.code}</code> is applied.</p>
      <button class="plain" name="step" value="remove">Remove the code</button>
    </form>`;
  }
  const { typed: value, error } = promotion;
  return html`<form method="post" action="${action}" novalidate>
    ${field({ name: "code", label: "Promotion code", value, error })}
    <button class="plain" name="step" value="apply">Apply</button>
  </form>`;
}

/** What the page asks for, by what the checkout is about. */
function wording(session: Stripe.Checkout.Session) {
  if (session.mode === "setup") {
    return { title: "Save your card", button: "Save card", total: null };
  }
  const total = money(session.amount_total ?? 0, session.currency ?? "usd");
  if (session.mode === "subscription") {
    const isTrial = session.amount_total === 0;
    return { title: "Subscribe", button: isTrial ? "Start trial" : "Subscribe", total };
  }
  if (isFree(session)) return { title: "Nothing to pay", button: "Complete order", total };
  return { title: "Pay with card", button: `Pay ${total}`, total };
}

function itemRow(item: Stripe.LineItem): Html {
  const quantity = item.quantity ?? 1;
  const recurring = item.price?.recurring;
  return html`<li>
    <span
      >${item.description}
      ${recurring ? html`<span class="soft">Every ${recurring.interval}</span>` : ""}
      ${quantity > 1 ? html`<span class="soft">Quantity ${quantity}</span>` : ""}</span
    >
    <span>${money(item.amount_subtotal, item.currency)}</span>
  </li>`;
}
