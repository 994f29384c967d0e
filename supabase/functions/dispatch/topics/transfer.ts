import type Stripe from "stripe";
import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";
import { VendorError } from "../../_shared/vendor-error.ts";
import type { Claim } from "../handler.ts";
import { refusal } from "./refusal.ts";
import { readTransfer } from "./read-transfer.ts";

const WorkSchema = z.object({
  transfer_id: z.string(),
  earning_id: z.string(),
  order_id: z.string(),
  amount_cents: z.number().int().positive(),
  currency: z.string(),
  stripe_account_id: z.string(),
  charge_id: z.string().nullable(),
  payment_intent_id: z.string().nullable(),
});

type Work = z.infer<typeof WorkSchema>;

/**
 * Sends a coach their share, out of the client's charge when it is part of one. The key is the
 * transfer's own id, so a repeated call gets the first one's answer; after a failed attempt it is
 * looked for first, because Stripe forgets a key after a day. What Stripe refuses for good is an
 * answer, too: the share is then planned anew.
 */
export async function transfer(input: unknown, { attempts }: Claim): Promise<object> {
  const work = WorkSchema.parse(input);
  try {
    const made = attempts > 1 ? await findTransfer(work) : undefined;
    if (made) return { transfer: readTransfer(made) };

    return await send(work);
  } catch (error) {
    throw stripeError(error);
  }
}

async function findTransfer(work: Work): Promise<Stripe.Transfer | undefined> {
  const list = await stripe.transfers.list({
    destination: work.stripe_account_id,
    transfer_group: groupOf(work),
    limit: 100,
  });
  return list.data.find(({ metadata }) => metadata["transfer_id"] === work.transfer_id);
}

/** The charge that the money is part of; null for what we add ourselves. */
async function chargeOf(work: Work): Promise<string | null> {
  if (work.charge_id || !work.payment_intent_id) return work.charge_id;
  const intent = await stripe.paymentIntents.retrieve(work.payment_intent_id);
  const charge = intent.latest_charge;
  if (!charge) throw new VendorError(`stripe: ${work.payment_intent_id} has no charge yet`);
  return typeof charge === "string" ? charge : charge.id;
}

async function send(work: Work): Promise<object> {
  let charge = work.charge_id;
  try {
    charge = await chargeOf(work);
    const made = await stripe.transfers.create(
      {
        amount: work.amount_cents,
        currency: work.currency,
        destination: work.stripe_account_id,
        ...(charge && { source_transaction: charge }),
        transfer_group: groupOf(work),
        metadata: {
          transfer_id: work.transfer_id,
          earning_id: work.earning_id,
          order_id: work.order_id,
        },
      },
      { idempotencyKey: `transfer:${work.transfer_id}` },
    );
    return { transfer: readTransfer(made), ...(charge && { charge_id: charge }) };
  } catch (error) {
    const refused = refusal(error);
    if (!refused) throw error;
    return { refused, ...(charge && { charge_id: charge }) };
  }
}

/** What belongs to one order, as its payment page said. */
function groupOf({ order_id }: Work): string {
  return `order_${order_id}`;
}
