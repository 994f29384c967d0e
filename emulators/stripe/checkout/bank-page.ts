import type Stripe from "stripe";

import { html, type Html } from "../../shared/page.ts";
import { field } from "../pages/field.ts";
import { hostedPage } from "../pages/layout.ts";
import { money } from "../pages/money.ts";
import { TEST_BANK_ACCOUNTS } from "../payments/bank-debits.ts";
import type { PaymentErrors, PaymentFields } from "./payment-page.ts";

type Session = Stripe.Checkout.Session;

/** Whether a checkout may also be paid from a bank account, which takes days to say yes. */
export function takesBankAccounts(session: Session): boolean {
  const isAllowed = session.payment_method_types.includes("us_bank_account");
  // Its page does not ask where somebody lives.
  return session.mode === "payment" && isAllowed && !session.automatic_tax.enabled;
}

/** The page where people pay from a bank account. */
export function bankPage(
  businessName: string,
  session: Session,
  fields: PaymentFields,
  errors: PaymentErrors,
): Html {
  const total = money(session.amount_total ?? 0, session.currency ?? "usd");
  const hasErrors = Object.keys(errors).length > 0;
  const main = html`<main class="message">
    <p class="business">${businessName}</p>
    <h1>Pay from a bank account</h1>
    <p class="total"><small>Total due</small> ${total}</p>
    <form method="post" novalidate>
      ${field({ name: "email", label: "Email", value: fields.email, error: errors.email, type: "email" })}
      ${field({
        name: "number",
        label: "Account number",
        value: fields.number,
        error: errors.number,
        inputmode: "numeric",
      })}
      ${field({ name: "name", label: "Name on the account", value: fields.name, error: errors.name })}
      <button type="submit">Pay ${total}</button>
    </form>
    <p><a href="/c/pay/${session.id}">Pay with card instead</a></p>
    <details>
      <summary>Test bank accounts</summary>
      <dl>
        ${TEST_BANK_ACCOUNTS.map(
          ({ number, effect }) =>
            html`<dt><code>${number}</code></dt>
              <dd>${effect}</dd>`,
        )}
      </dl>
    </details>
  </main>`;
  return hostedPage(`${hasErrors ? "Error: " : ""}Pay ${businessName}`, main);
}
