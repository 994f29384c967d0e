import type Stripe from "stripe";

import { rpc } from "../db.ts";
import { refuseWebhook } from "../refuse-webhook.ts";
import { cryptoProvider, stripe } from "../stripe.ts";
import { createHandler } from "./handler.ts";
import { readMembership } from "../stripe-membership.ts";
import { taxOf } from "../stripe-tax.ts";
import { createRefresh } from "./refresh.ts";

/**
 * What both of our endpoints at Stripe do with a delivery: they differ in the secret alone.
 *
 * @param secret with which Stripe signs what it sends to this endpoint
 */
export function receiveStripeEvents(secret: string) {
  return createHandler({
    readEvent: (rawBody, signature) =>
      stripe.webhooks.constructEventAsync(rawBody, signature, secret, undefined, cryptoProvider),

    refresh: createRefresh({
      session: (id) => stripe.checkout.sessions.retrieve(id),
      paymentIntent: (id) => stripe.paymentIntents.retrieve(id),
      tax: taxOf,
      // With what it moved: what was not captured of a hold is told as a refund, too.
      refund: (id) => stripe.refunds.retrieve(id, { expand: ["balance_transaction"] }),
      dispute: (id) => stripe.disputes.retrieve(id),
      invoice: (id) => stripe.invoices.retrieve(id, { expand: ["payments"] }),
      invoicesPaidBy: async (payment_intent) => {
        const payments = await stripe.invoicePayments.list({
          payment: { type: "payment_intent", payment_intent },
          expand: ["data.invoice"],
        });
        return payments.data.map(({ invoice }) => invoice).filter(isInvoice);
      },
      membership: readMembership,
      account: (id) => stripe.accounts.retrieve(id),
      transfer: (id) => stripe.transfers.retrieve(id),
      payout: (id, stripeAccount) =>
        stripe.payouts.retrieve(id, {}, stripeAccount ? { stripeAccount } : {}),
    }),

    applyEvent: async (event) => {
      await rpc("apply_stripe_event", { event });
    },

    refuseWebhook: (why) => refuseWebhook("stripe", why),
  });
}

function isInvoice(invoice: Stripe.InvoicePayment["invoice"]): invoice is Stripe.Invoice {
  return typeof invoice === "object" && invoice.object === "invoice" && !("deleted" in invoice);
}
