import Stripe from "stripe";
import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";
import { idOf } from "../../_shared/stripe-membership.ts";
import { COACHING_TAX_CODE, taxOf } from "../../_shared/stripe-tax.ts";
import { VendorError } from "../../_shared/vendor-error.ts";
import { closePage } from "./close-page.ts";
import { readIntent } from "./read-intent.ts";
import { refusal } from "./refusal.ts";

const WorkSchema = z.object({
  order_id: z.string(),
  attempt: z.number().int().positive(),
  is_to_charge: z.boolean(),
  amount_cents: z.number().int().positive(),
  automatic_tax: z.boolean(),
  currency: z.string(),
  description: z.string(),
  /** The last payment of the same package: its card is charged, unless its client has chosen another since. */
  payment_intent_id: z.string().nullable(),
  /** Of a no-show fee: the membership's, whose card is charged. */
  subscription_id: z.string().nullable(),
  /** The payment page on which its client may be paying by hand, if there is one. */
  checkout_session_id: z.string().nullable(),
});

type Work = z.infer<typeof WorkSchema>;

/**
 * Charges the card that somebody saved for a package that they pay in parts, or for a membership,
 * without them being there.
 * The key is the order and the attempt, so a repeated call gets the first one's answer; and it is always looked
 * for first, because Stripe forgets a key after a day, and an earlier attempt may have been paid. What is not to
 * be charged any more is only looked for: the answer to a try before may be lost. A card that is declined, a bank that wants its customer to confirm,
 * and what else Stripe refuses for good when it is to charge, are answers: whether and when to try again is
 * decided in the database. So is that there is no card any more. That Stripe does not let us read whose card it is,
 * or what became of a charge, is none.
 *
 * Nobody pays twice: the page on which they may pay by hand is closed first, and when it was paid, or its bank
 * takes days to, that is the answer, and no card is charged.
 */
export async function chargeCard(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  try {
    return await lookAndCharge(work);
  } catch (error) {
    throw stripeError(error);
  }
}

async function lookAndCharge(work: Work): Promise<object> {
  // When it can't be read whose card it is, nobody can look: that says nothing of the card.
  const { customer, method } = await savedCard(work);
  const made = await findCharge(work, customer);
  if (made) return outcomeOf(made);
  if (!work.is_to_charge) return { status: "not_made" };

  const page =
    work.checkout_session_id && (await closePage(work.checkout_session_id, work.order_id));
  if (page && !page.is_over) return { page };

  if (!method) return declined(null, { code: "no_saved_card" });
  const charged = await orRefusal(charge(work, customer, method));
  return "refused" in charged ? declinedBy(charged) : outcomeOf(charged);
}

type Refusal = { refused: Stripe.errors.StripeError; code: string };

/** What Stripe answers, or why it refuses for good. */
async function orRefusal<Value extends object>(asked: Promise<Value>): Promise<Value | Refusal> {
  try {
    return await asked;
  } catch (error) {
    const code = refusal(error);
    if (!code || !(error instanceof Stripe.errors.StripeError)) throw error;
    return { refused: error, code };
  }
}

function declinedBy({ refused, code }: Refusal): Promise<object> {
  return declined(refused.payment_intent ?? null, { code, decline_code: refused.decline_code });
}

/** Whose card is charged, and which; without a method when it was taken away since. */
async function savedCard(work: Work) {
  const { customer, method } = work.subscription_id
    ? await cardOfSubscription(work.subscription_id)
    : await cardOfPayment(work.payment_intent_id ?? "");
  if (!customer) throw new VendorError(`stripe: order ${work.order_id} has no customer`);
  return { customer, method };
}

async function cardOfPayment(id: string) {
  const paid = await stripe.paymentIntents.retrieve(id, { expand: ["customer"] });
  const method = idOf(chosenMethod(paid.customer) ?? paid.payment_method);
  return { customer: idOf(paid.customer), method };
}

/**
 * The card by which a membership renews, or renewed while it went on: its own, or its client's.
 * https://docs.stripe.com/billing/subscriptions/payment-methods-setting
 */
async function cardOfSubscription(id: string) {
  const subscription = await stripe.subscriptions.retrieve(id, { expand: ["customer"] });
  const method = idOf(subscription.default_payment_method ?? chosenMethod(subscription.customer));
  return { customer: idOf(subscription.customer), method };
}

/** The card that somebody chose for all that is to come, on Stripe's own page (Billing). */
function chosenMethod(customer: Stripe.PaymentIntent["customer"]) {
  if (typeof customer === "string" || !customer || customer.deleted) return null;
  return customer.invoice_settings?.default_payment_method ?? null;
}

/**
 * What was made of an order before: a charge that somebody's card has paid, or is about to, whatever its number,
 * or else what became of this try. An earlier one may have outlasted its lease, with nobody told of it. What was
 * paid on a page has no number: the page itself is asked (closePage).
 */
async function findCharge(work: Work, customer: string): Promise<Stripe.PaymentIntent | undefined> {
  let same: Stripe.PaymentIntent | undefined;
  for await (const intent of stripe.paymentIntents.list({ customer, limit: 100 })) {
    const { order_id: orderId, attempt } = intent.metadata;
    if (orderId !== work.order_id || !attempt) continue;
    if (PAID.includes(intent.status)) return intent;
    if (attempt === String(work.attempt)) same = intent;
  }
  return same;
}

async function charge(
  work: Work,
  customer: string,
  payment_method: string,
): Promise<Stripe.PaymentIntent> {
  const tax = work.automatic_tax ? await reckonTax(work, customer) : null;
  const metadata = {
    order_id: work.order_id,
    attempt: String(work.attempt),
    ...(tax && { automatic_tax: "true" }),
  };
  return await stripe.paymentIntents.create(
    {
      amount: tax?.amount_total ?? work.amount_cents,
      currency: work.currency,
      customer,
      payment_method,
      off_session: true,
      confirm: true,
      description: work.description,
      transfer_group: `order_${work.order_id}`,
      metadata,
      // Stripe keeps the books of the tax itself, also of what goes back.
      ...(tax?.id && { hooks: { inputs: { tax: { calculation: tax.id } } } }),
    },
    { idempotencyKey: `charge:${work.order_id}:${work.attempt}` },
  );
}

/**
 * What tax comes on top, where its client lives by the address that they paid with first.
 * https://docs.stripe.com/tax/payment-intent
 */
async function reckonTax(work: Work, customer: string): Promise<Stripe.Tax.Calculation> {
  return await stripe.tax.calculations.create(
    {
      currency: work.currency,
      customer,
      line_items: [
        {
          amount: work.amount_cents,
          reference: work.order_id,
          tax_behavior: "exclusive",
          tax_code: COACHING_TAX_CODE,
        },
      ],
    },
    { idempotencyKey: `tax:${work.order_id}:${work.attempt}` },
  );
}

/** What somebody has paid, or their bank is about to. */
const PAID: Stripe.PaymentIntent.Status[] = ["succeeded", "processing"];

/** Nothing is paid by these by itself; the last, when somebody called it off in Stripe's dashboard. */
const NOT_PAID: Stripe.PaymentIntent.Status[] = [
  "requires_payment_method",
  "requires_action",
  "canceled",
];

/** What record_card_charge takes: the payment, or why there is none. */
function outcomeOf(intent: Stripe.PaymentIntent): Promise<object> {
  const { status, last_payment_error: failed } = intent;
  if (!NOT_PAID.includes(status)) return readIntent(intent);
  const fallback = status === "canceled" ? status : "authentication_required";
  const { code = fallback, decline_code } = failed ?? {};
  return declined(intent, { code, decline_code });
}

/** Why there is no payment, and what was to be paid, tax included, as its webhook says it. */
async function declined(
  intent: Stripe.PaymentIntent | null,
  error: { code: string; decline_code?: string | undefined },
): Promise<object> {
  const tried = intent && {
    id: intent.id,
    amount: intent.amount,
    tax_cents: await taxOf(intent),
    currency: intent.currency,
  };
  return { ...tried, error };
}
