import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { listPage } from "../api/list.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import {
  collectInvoice,
  defaultMethod,
  payInvoice,
  retryDueInvoices,
} from "../billing/collect-invoice.ts";
import { voidInvoice } from "../billing/end-invoice.ts";
import { invoicePayments, paymentsOf } from "../billing/invoice-outcomes.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { cardFailure } from "../payments/api-failure.ts";
import { methodOfCustomer } from "./payment-methods.ts";

type Invoice = Stripe.Invoice;

/** What is owed and what was paid, on paper. */
export const invoices: Resource = {
  routes: [
    route<Stripe.InvoiceRetrieveParams>("GET /v1/invoices/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.InvoiceListParams>("GET /v1/invoices", list),
    route<Stripe.InvoicePayParams>("POST /v1/invoices/{id}/pay", pay),
    route<Stripe.InvoiceFinalizeInvoiceParams>(
      "POST /v1/invoices/{id}/finalize",
      (emulator, _params, id) => {
        const invoice = records(emulator).get(id);
        if (invoice.status !== "draft") {
          throw invalidRequest("This invoice is already finalized.");
        }
        return collectInvoice(emulator, invoice);
      },
    ),
    route<Stripe.InvoiceVoidInvoiceParams>("POST /v1/invoices/{id}/void", (emulator, _params, id) =>
      voidInvoice(emulator, id, "void"),
    ),
    route<Stripe.InvoiceMarkUncollectibleParams>(
      "POST /v1/invoices/{id}/mark_uncollectible",
      (emulator, _params, id) => voidInvoice(emulator, id, "uncollectible"),
    ),
    route<Stripe.InvoiceListLineItemsParams>(
      "GET /v1/invoices/{id}/lines",
      (emulator, params, id) =>
        listPage(records(emulator).get(id).lines.data, params, `/v1/invoices/${id}/lines`),
    ),
    route<Stripe.InvoicePaymentListParams>("GET /v1/invoice_payments", listPayments),
  ],
  includes: [
    {
      object: "invoice",
      property: "payments",
      load: (emulator, id) => listPage(paymentsOf(emulator, id), {}, "/v1/invoice_payments"),
    },
  ],
  tick: retryDueInvoices,
};

function records(emulator: Emulator) {
  return emulator.records<Invoice>("invoice");
}

function list(emulator: Emulator, params: Stripe.InvoiceListParams) {
  onlyEmulated(params, [
    "customer",
    "subscription",
    "status",
    "created",
    "limit",
    "starting_after",
    "ending_before",
  ]);
  const { customer, subscription, status } = params;
  const matching = records(emulator)
    .all()
    .filter(
      (invoice) =>
        (customer === undefined || invoice.customer === customer) &&
        (status === undefined || invoice.status === status) &&
        (subscription === undefined ||
          idOf(invoice.parent?.subscription_details?.subscription) === subscription),
    );
  return listPage(matching, params, "/v1/invoices");
}

function listPayments(emulator: Emulator, params: Stripe.InvoicePaymentListParams) {
  onlyEmulated(params, ["invoice", "payment", "status", "limit", "starting_after"]);
  const { invoice, payment, status } = params;
  const matching = invoicePayments(emulator)
    .all()
    .filter(
      (each) =>
        (invoice === undefined || each.invoice === invoice) &&
        (status === undefined || each.status === status) &&
        (payment?.payment_intent === undefined ||
          each.payment.payment_intent === payment.payment_intent),
    );
  return listPage(matching, params, "/v1/invoice_payments");
}

function pay(emulator: Emulator, params: Stripe.InvoicePayParams, id: string): Invoice {
  onlyEmulated(params, ["payment_method", "off_session"]);
  const invoice = records(emulator).get(id);
  if (invoice.status === "paid") throw invalidRequest("Invoice is already paid");
  if (invoice.status !== "open") {
    throw invalidRequest(`This invoice is ${invoice.status} and can't be paid.`);
  }
  const method = params.payment_method
    ? methodOfCustomer(emulator, params.payment_method, idOf(invoice.customer))
    : defaultMethod(emulator, invoice);
  if (!method) {
    throw invalidRequest(
      "There is no `default_payment_method` set on this Customer or Invoice. Please set one and try again.",
    );
  }
  const attempt = payInvoice(emulator, invoice, method, {
    isOffSession: params.off_session ?? true,
  });
  if (attempt.outcome === "declined") {
    const [payment] = paymentsOf(emulator, id);
    const intent = emulator
      .records<Stripe.PaymentIntent>("payment_intent")
      .get(idOf(payment?.payment.payment_intent) ?? "");
    throw cardFailure(attempt.decline, structuredClone(intent));
  }
  return records(emulator).get(id);
}
