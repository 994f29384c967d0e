import type Stripe from "stripe";

import { html, type Html } from "../../shared/page.ts";
import { idOf } from "../api/id-of.ts";
import type { PaymentErrors, PaymentFields } from "../checkout/payment-page.ts";
import { cardFields } from "../pages/card-fields.ts";
import { hostedPage } from "../pages/layout.ts";
import { money } from "../pages/money.ts";

type PortalPage = {
  businessName: string;
  session: Stripe.BillingPortal.Session;
  subscriptions: Stripe.Subscription[];
  products: Stripe.Product[];
  methods: Stripe.PaymentMethod[];
  invoices: Stripe.Invoice[];
  fields: PaymentFields;
  errors: PaymentErrors;
};

/** The page where customers see to their memberships, card and invoices. */
export function portalPage(page: PortalPage): Html {
  const { businessName, session, subscriptions, methods, invoices, fields, errors } = page;
  const isCardOnly = session.flow?.type === "payment_method_update";
  const main = html`<main class="message">
    <p class="business">${businessName} partners with Stripe for billing</p>
    <h1>${isCardOnly ? "Change your card" : "Your billing"}</h1>
    ${
      isCardOnly
        ? ""
        : html`<h2>Memberships</h2>
            ${subscriptions.length === 0 ? html`<p class="soft">You have none.</p>` : ""}
            ${subscriptions.map((each) => subscriptionBlock(page, each))}`
    }
    <h2>Card</h2>
    ${methods.map(({ card }) => html`<p class="card">${card?.brand} ending in ${card?.last4}</p>`)}
    <form method="post" action="/p/session/${session.id}/card" novalidate>
      ${cardFields(fields, errors)}
      <button>Use this card</button>
    </form>
    ${
      isCardOnly
        ? ""
        : html`<h2>Invoices</h2>
            ${invoices.length === 0 ? html`<p class="soft">There are none.</p>` : ""}
            <ul class="items">
              ${invoices.map(invoiceRow)}
            </ul>`
    }
    ${session.return_url ? html`<p><a href="${session.return_url}">Back to ${businessName}</a></p>` : ""}
  </main>`;
  const hasErrors = Object.keys(errors).length > 0;
  return hostedPage(`${hasErrors ? "Error: " : ""}Billing, ${businessName}`, main);
}

function subscriptionBlock({ session, products }: PortalPage, subscription: Stripe.Subscription) {
  const [item] = subscription.items.data;
  const product = products.find(({ id }) => id === idOf(item?.price.product));
  const until = dayOf(item?.current_period_end ?? 0);
  const isOver = subscription.status === "canceled";
  const isEnding = subscription.cancel_at_period_end;
  return html`<p>
      <strong>${product?.name ?? "Membership"}</strong>,
      ${money(item?.price.unit_amount ?? 0, subscription.currency)} every
      ${item?.price.recurring?.interval}.
      ${isOver ? "It has ended." : isEnding ? `It ends on ${until}.` : `It renews on ${until}.`}
    </p>
    ${
      isOver
        ? ""
        : html`<form method="post" action="/p/session/${session.id}/subscription">
            <input type="hidden" name="subscription" value="${subscription.id}" />
            ${
              isEnding
                ? html`<button name="step" value="renew">Don’t cancel</button>`
                : html`<button class="plain" name="step" value="cancel">Cancel membership</button>`
            }
          </form>`
    }`;
}

function invoiceRow(invoice: Stripe.Invoice): Html {
  return html`<li>
    <span
      ><a href="${invoice.hosted_invoice_url}">${invoice.number}</a>
      <span class="soft">${dayOf(invoice.created)}, ${invoice.status}</span></span
    >
    <span>${money(invoice.total, invoice.currency)}</span>
  </li>`;
}

function dayOf(seconds: number): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(
    seconds * 1000,
  );
}
