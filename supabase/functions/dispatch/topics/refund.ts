import Stripe from "stripe";
import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";
import type { Claim } from "../handler.ts";
import { isReversal } from "./partial-capture.ts";

const WorkSchema = z.object({
  refund_id: z.string(),
  order_id: z.string(),
  payment_intent_id: z.string(),
  /** Tax included. */
  gross_cents: z.number().int().positive(),
  /** Whether the client's bank has decided about the payment already. */
  is_decided: z.boolean(),
  /** What of it the bank kept, tax included; not said by a database that is older than this. */
  lost_cents: z.number().int().default(0),
});

type Work = z.output<typeof WorkSchema>;

/**
 * Asks Stripe to give money back. The key is the refund's own id with the amount, so a repeated call gets the
 * first one's answer, and one for less, after a bank took a part, is another call; so is one after a bank has decided,
 * since the answer to the first may be that it had not. After a failed call, and then, it is looked for first: Stripe
 * forgets a key after a day. The id in the metadata ties the webhook to our row.
 *
 * An admin may have given some of it back in Stripe's dashboard, of which we have not heard: then
 * the rest goes back, and what we did not know comes along.
 */
export async function refund(input: unknown, { attempts }: Claim): Promise<object> {
  const work = WorkSchema.parse(input);
  try {
    const isAnother = attempts > 1 || work.is_decided;
    const made = isAnother ? await findRefund(work) : undefined;
    return toldOf(made ?? (await make(work, work.gross_cents)));
  } catch (error) {
    const failure = stripeError(error);
    if (!(error instanceof Stripe.errors.StripeError) || error.statusCode !== 400) throw failure;
    // The client's bank has taken the money: what it decides says whether this is asked for again. Refused after
    // that, all of it may be gone; where that does not explain it, it is given up, and the admins are told.
    if (error.code === "charge_disputed" && !work.is_decided)
      return { id: null, status: "disputed" };
    return await refundWhatIsLeft(work, failure);
  }
}

async function findRefund(work: Work): Promise<Stripe.Refund | undefined> {
  const known = await refundsOf(work.payment_intent_id);
  return known.find(({ metadata }) => metadata?.["refund_id"] === work.refund_id);
}

async function refundsOf(payment_intent: string): Promise<Stripe.Refund[]> {
  const { data } = await stripe.refunds.list({
    payment_intent,
    limit: 100,
    expand: ["data.balance_transaction"],
  });
  return data.filter((made) => !isReversal(made));
}

/** @throws the first failure when neither what others gave back or a bank kept explains it, nor a bank of which we have not heard */
async function refundWhatIsLeft(work: Work, failure: unknown): Promise<object> {
  const { intent, known } = await look(work.payment_intent_id).catch((error: unknown) => {
    throw stripeError(error);
  });
  const others = known.map((made) => ({
    ...toldOf(made),
    payment_intent: work.payment_intent_id,
    metadata: made.metadata,
    balance_transaction: made.balance_transaction,
  }));
  const gone = known.filter(({ status }) => status !== "failed" && status !== "canceled");
  const left = gone.reduce(
    (rest, made) => rest - made.amount,
    intent.amount_received - work.lost_cents,
  );
  if (left >= work.gross_cents) {
    if (!work.is_decided && (await isDisputed(work)))
      return { id: null, status: "disputed", others };
    throw failure;
  }
  if (left <= 0) return { id: null, status: "failed", others };

  const made = await make(work, left).catch((error: unknown) => {
    throw stripeError(error);
  });
  return { ...toldOf(made), others };
}

async function look(paymentIntentId: string) {
  const intent = await stripe.paymentIntents.retrieve(paymentIntentId);
  return { intent, known: await refundsOf(paymentIntentId) };
}

/** A bank may have taken a part: then Stripe says only that there is not as much left. */
async function isDisputed({ payment_intent_id: payment_intent }: Work): Promise<boolean> {
  const { data } = await stripe.disputes
    .list({ payment_intent, limit: 1 })
    .catch((error: unknown) => {
      throw stripeError(error);
    });
  return data.length > 0;
}

async function make(work: Work, amount: number): Promise<Stripe.Refund> {
  return await stripe.refunds.create(
    {
      payment_intent: work.payment_intent_id,
      amount,
      reason: "requested_by_customer",
      metadata: { refund_id: work.refund_id, order_id: work.order_id },
    },
    { idempotencyKey: `refund:${work.refund_id}:${amount}${work.is_decided ? ":decided" : ""}` },
  );
}

function toldOf({ id, status, amount }: Stripe.Refund) {
  return { id, status, amount };
}
