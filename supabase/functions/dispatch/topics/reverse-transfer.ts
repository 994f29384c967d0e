import type Stripe from "stripe";
import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";
import { readTransfer } from "./read-transfer.ts";
import { refusal } from "./refusal.ts";

const WorkSchema = z.object({
  reversal_id: z.string(),
  amount_cents: z.number().int().positive(),
  stripe_transfer_id: z.string(),
  stripe_account_id: z.string(),
});

type Work = z.infer<typeof WorkSchema>;

/**
 * Takes money back from a coach's account: all of it, or, when the account has less, what there is.
 * Two calls could then take twice, whatever their keys, so it is looked first whether ours was made.
 * The answer has every reversal of the transfer, also those of the dashboard.
 */
export async function reverseTransfer(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  try {
    const before = await reversalsOf(work);
    const refused = before.some(({ metadata }) => metadata?.["reversal_id"] === work.reversal_id)
      ? null
      : await takeBack(work);
    return {
      transfer: readTransfer(
        await stripe.transfers.retrieve(work.stripe_transfer_id),
        await reversalsOf(work),
      ),
      ...(refused && { refused }),
    };
  } catch (error) {
    throw stripeError(error);
  }
}

/**
 * A refusal may be the answer of a day ago to the same key, and the account have enough since: then all of it is
 * asked for once more.
 * @returns why Stripe refused for good, or null when it has taken something
 */
async function takeBack(work: Work): Promise<string | null> {
  const { amount_cents: all } = work;
  let refused = await reverse(work, all, String(all));
  if (refused !== "balance_insufficient") return refused;

  for (const rest of await balancesOf(work.stripe_account_id)) {
    if (rest <= 0) continue;
    refused =
      rest >= all
        ? await reverse(work, all, `${all}:again`)
        : await reverse(work, rest, String(rest));
    if (refused !== "balance_insufficient") return refused;
  }
  return refused;
}

async function reverse(work: Work, amount: number, key: string): Promise<string | null> {
  try {
    await stripe.transfers.createReversal(
      work.stripe_transfer_id,
      { amount, metadata: { reversal_id: work.reversal_id } },
      { idempotencyKey: `reversal:${work.reversal_id}:${key}` },
    );
    return null;
  } catch (error) {
    const refused = refusal(error);
    if (!refused) throw error;
    return refused;
  }
}

async function reversalsOf({ stripe_transfer_id }: Work): Promise<Stripe.TransferReversal[]> {
  return (await stripe.transfers.listReversals(stripe_transfer_id, { limit: 100 })).data;
}

/**
 * What an account has, in cents, the most first: what is available, and what is pending. Which of
 * them counts depends on whether the transfer's own charge is available yet.
 */
async function balancesOf(account: string): Promise<number[]> {
  const { available, pending } = await stripe.balance.retrieve({}, { stripeAccount: account });
  return [available, pending]
    .map((amounts) =>
      amounts
        .filter(({ currency }) => currency === "usd")
        .reduce((sum, { amount }) => sum + amount, 0),
    )
    .sort((one, other) => other - one);
}
