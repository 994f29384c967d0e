import type Stripe from "stripe";
import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";
import { idOf } from "../../_shared/stripe-membership.ts";
import { isReversing } from "./partial-capture.ts";

const WorkSchema = z.object({ from: z.number().int().nullable(), until: z.number().int() });

/** Dollars are all that we take; an amount in another currency could not be added to them. */
const CURRENCY = "usd";

/**
 * Reads Stripe's list of what moved our money, and what it holds. The balance is asked for before
 * and after: one that changed meanwhile can't be compared with the list, and is left out. An inquiry
 * of a bank moves nothing, so disputes are listed as well.
 */
export async function readBalance(input: unknown): Promise<object> {
  const { from, until } = WorkSchema.parse(input);
  try {
    const before = await balance();
    const transactions = await movementsSince(from);
    const after = await balance();
    const disputes = await disputesSince(from);
    return { until, balance: before === after ? after : null, transactions, disputes };
  } catch (error) {
    throw stripeError(error);
  }
}

/** What Stripe holds for us in cents, what can't be used yet included. */
async function balance(): Promise<number> {
  const { available, pending } = await stripe.balance.retrieve();
  return [...available, ...pending]
    .filter(({ currency }) => currency === CURRENCY)
    .reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * @param from seconds since 1970; null for everything
 */
function movementsSince(from: number | null): Promise<object[]> {
  return everyPage(
    from,
    (page) => stripe.balanceTransactions.list({ currency: CURRENCY, ...page }),
    movement,
  );
}

/**
 * The ids of the disputes that were opened: each is read by itself when it is not known.
 * @param from as above
 */
function disputesSince(from: number | null): Promise<string[]> {
  return everyPage(
    from,
    (page) => stripe.disputes.list(page),
    ({ id }) => id,
  );
}

type Page = { limit: number; created?: { gte: number }; starting_after?: string };

/** What there is to tell of each entry of one of Stripe's lists since a moment, page by page. */
async function everyPage<Item extends { id: string }, Told>(
  from: number | null,
  list: (page: Page) => PromiseLike<Stripe.Response<Stripe.ApiList<Item>>>,
  tell: (item: Item) => Told | Promise<Told>,
): Promise<Told[]> {
  const found: Told[] = [];
  let last: string | undefined;
  for (;;) {
    const page = await list({
      limit: 100,
      ...(from !== null && { created: { gte: from } }),
      ...(last && { starting_after: last }),
    });
    found.push(...(await Promise.all(page.data.map(tell))));
    last = page.data.at(-1)?.id;
    if (!page.has_more || !last) return found;
  }
}

async function movement(transaction: Stripe.BalanceTransaction): Promise<object> {
  const { id, type, source, amount, fee, net, reporting_category, created } = transaction;
  const sourceId = idOf(source);
  const what = isReversing(transaction) && sourceId ? await chargeOf(sourceId) : sourceId;
  return { id, type, source: what, amount, fee, net, reporting_category, created };
}

/** What was not captured was never a step of its own: it makes its charge smaller. */
async function chargeOf(refundId: string): Promise<string | null> {
  return idOf((await stripe.refunds.retrieve(refundId)).charge);
}
