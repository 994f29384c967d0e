import { Hono, type Context } from "hono";
import type Stripe from "stripe";

import type { EmulatorEnv } from "../../shared/serve.ts";
import { html } from "../../shared/page.ts";
import type { PaymentErrors, PaymentFields } from "../checkout/payment-page.ts";
import { readCardPayer, readFields } from "../checkout/read-payer.ts";
import type { Emulator } from "../emulator.ts";
import { cardFields, TEST_CARD } from "../pages/card-fields.ts";
import { hostedPage, messagePage } from "../pages/layout.ts";
import { money } from "../pages/money.ts";
import { readTextForm } from "../pages/read-text-form.ts";
import { createCardPaymentMethod } from "../resources/payment-methods.ts";
import { payInvoice } from "./collect-invoice.ts";
import { invoicePdf } from "./invoice-pdf.ts";

type Invoice = Stripe.Invoice;

/** Invoices as their customers see them: at `/invoice/<id>`, to read, to pay and to download. */
export function invoicePages(emulator: Emulator) {
  const app = new Hono<EmulatorEnv>();

  app.get("/invoice/:id", (context) => {
    const invoice = find(context);
    return invoice ? show(context, invoice, prefilled(invoice), {}, 200) : notFound(context);
  });

  app.post("/invoice/:id", async (context) => {
    const text = await readTextForm(context);
    const invoice = find(context);
    if (!invoice) return notFound(context);
    const page = `/invoice/${invoice.id}`;
    if (invoice.status !== "open") return context.redirect(page, 303);

    const fields = { ...readFields(text), email: prefilled(invoice).email };
    const { card, payer, errors } = readCardPayer(fields, emulator.clock.now());
    if (!card) return show(context, invoice, fields, errors, 400);
    const method = createCardPaymentMethod(emulator, card, payer);
    const returnUrl = emulator.url() + page;
    const attempt = payInvoice(emulator, invoice, method, { isOffSession: false, returnUrl });
    if (attempt.outcome === "declined") {
      return show(context, invoice, fields, { number: attempt.decline.message }, 402);
    }
    return context.redirect(attempt.outcome === "needs_action" ? attempt.url : page, 303);
  });

  app.get("/invoice/:id/pdf", (context) => {
    const invoice = find(context);
    if (!invoice) return notFound(context);
    return context.body(invoicePdf(emulator.businessName, invoice), 200, {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="Invoice-${invoice.number}.pdf"`,
    });
  });

  return app;

  function find(context: Context): Invoice | null {
    const invoice = emulator.records<Invoice>("invoice").find(context.req.param("id") ?? "");
    return invoice && invoice.status !== "draft" ? invoice : null;
  }

  function prefilled(invoice: Invoice): PaymentFields {
    const email = invoice.customer_email ?? "customer@example.com";
    return { ...TEST_CARD, email, name: invoice.customer_name ?? "" };
  }

  function show(
    context: Context,
    invoice: Invoice,
    fields: PaymentFields,
    errors: PaymentErrors,
    status: 200 | 400 | 402,
  ) {
    const { currency, subtotal, total } = invoice;
    const due = money(invoice.amount_due, currency);
    const main = html`<main class="message">
      <p class="business">${emulator.businessName}</p>
      <h1>Invoice ${invoice.number}</h1>
      <p class="total"><small>${STATES[invoice.status ?? "open"]}</small> ${due}</p>
      <ul class="items">
        ${invoice.lines.data.map(
          (line) =>
            html`<li>
              <span>${line.description}</span> <span>${money(line.amount, currency)}</span>
            </li>`,
        )}
        ${otherRow("Discount", total - subtotal, currency)}
        ${otherRow("Credit", invoice.amount_due - Math.max(0, total), currency)}
      </ul>
      ${
        invoice.status === "open"
          ? html`<form method="post" novalidate>
              ${cardFields(fields, errors)}
              <button>Pay ${due}</button>
            </form>`
          : ""
      }
      <p><a href="${invoice.invoice_pdf}">Download the invoice</a></p>
    </main>`;
    return context.html(hostedPage(`Invoice ${invoice.number}`, main), status);
  }
}

/** What is taken off what the lines add up to, when anything is. */
function otherRow(name: string, amount: number, currency: string) {
  if (amount === 0) return "";
  return html`<li><span>${name}</span> <span>${money(amount, currency)}</span></li>`;
}

const STATES: Record<string, string> = {
  open: "Amount due",
  paid: "Amount paid",
  uncollectible: "Not collected",
  void: "Void",
};

function notFound(context: Context) {
  return context.html(
    messagePage("Page not found", html`<p>There is no invoice at this address.</p>`),
    404,
  );
}
