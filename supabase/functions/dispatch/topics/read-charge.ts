import type Stripe from "stripe";
import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";
import { VendorError } from "../../_shared/vendor-error.ts";
import { isReversal } from "./partial-capture.ts";

const WorkSchema = z.object({ payment_intent_id: z.string() });

/**
 * Reads what Stripe took of a payment, its receipt, and the invoice that was paid with it, if there
 * is one. A charge may be captured a moment before its money is booked, and before what was not captured
 * of it is taken back: it is read again then.
 */
export async function readCharge(input: unknown): Promise<object> {
  const { payment_intent_id: id } = WorkSchema.parse(input);
  try {
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(id, {
      expand: ["latest_charge.balance_transaction"],
    });
    const booked = typeof charge === "object" ? charge?.balance_transaction : null;
    if (!charge || typeof charge !== "object" || !booked || typeof booked !== "object") {
      throw new VendorError(`stripe: the money of ${id} is not booked yet`);
    }
    const reversals = booked.amount > charge.amount_captured ? await reversalsOf(charge.id) : [];
    if (sumOf([booked, ...reversals], "amount") !== charge.amount_captured) {
      throw new VendorError(`stripe: what was not captured of ${id} is not booked yet`);
    }
    return {
      charge_id: charge.id,
      fee_cents: sumOf([booked, ...reversals], "fee"),
      receipt_url: charge.receipt_url,
      invoice: await invoicePaidBy(id),
    };
  } catch (error) {
    throw stripeError(error);
  }
}

/** What took back what was not captured of a charge: its part of the fee comes back with it. */
async function reversalsOf(charge: string): Promise<Stripe.BalanceTransaction[]> {
  const refunds = await stripe.refunds.list({
    charge,
    limit: 100,
    expand: ["data.balance_transaction"],
  });
  return refunds.data
    .filter(isReversal)
    .map((refund) => refund.balance_transaction as Stripe.BalanceTransaction);
}

function sumOf(movements: Stripe.BalanceTransaction[], what: "amount" | "fee"): number {
  return movements.reduce((sum, movement) => sum + movement[what], 0);
}

/** The papers of what was paid with a payment intent; null when nothing was invoiced. */
async function invoicePaidBy(intentId: string): Promise<object | null> {
  const payments = await stripe.invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: intentId },
    expand: ["data.invoice"],
  });
  const invoice = payments.data.map((payment) => payment.invoice).find(isInvoice);
  if (!invoice) return null;
  const { number, hosted_invoice_url, invoice_pdf } = invoice;
  return { number, hosted_invoice_url, invoice_pdf };
}

function isInvoice(invoice: Stripe.InvoicePayment["invoice"]): invoice is Stripe.Invoice {
  return typeof invoice === "object" && invoice.object === "invoice" && !("deleted" in invoice);
}
