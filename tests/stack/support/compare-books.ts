import { expect } from "vitest";

import { runJob, sql } from "../../e2e/support/database.ts";
import { drain } from "./outbox.ts";
import { moneyMismatch } from "./storm-checks.ts";
import { until } from "./until.ts";
import { settled, stripeGet } from "./vendors.ts";

/** Compares the ledger with Stripe, for what happens from its beginning to its end. */
export type Books = {
  /** Reads Stripe's list, and compares all of it, each thing and the sum. */
  expectEqual(): Promise<void>;
  end(): Promise<void>;
};

/** Begins to compare at once: in a test, what is on its way has arrived when it asks. */
export async function compareBooks(): Promise<Books> {
  await settled("STRIPE");
  await drain();
  // What other tests have left at Stripe that nobody takes for a payment stays as it is.
  const difference = await differenceNow();
  // Stripe dates what it moves by whole seconds: what others did in this one would count as ours.
  await sql`
    update private.platform_settings
    set books_settle_minutes = 0, books_begin_at = date_trunc('second', now()) + interval '1 second'
  `;
  await until("a new second has begun", async () => {
    const begun = await sql`select from private.platform_settings where books_begin_at <= now()`;
    return begun.length > 0;
  });
  return {
    async expectEqual() {
      await settled("STRIPE");
      await drain();
      await sql`delete from private.outbox where topic = 'stripe.read_balance'`;
      await runJob("read_balance");
      await drain();
      expect(await moneyMismatch()).toEqual([]);
      expect(await differenceNow()).toBe(difference);
    },
    async end() {
      await sql`
        update private.platform_settings
        set books_settle_minutes = 120, books_begin_at = 'epoch', admins_email = null
      `;
    },
  };
}

/** What Stripe says that it holds, less what the ledger says. */
async function differenceNow(): Promise<number> {
  const [ledger] = await sql<{ cents: number }[]>`
    select coalesce(sum(amount_cents), 0)::integer as cents
    from private.ledger_entries where account = 'stripe_balance'
  `;
  const { available, pending } =
    await stripeGet<Record<"available" | "pending", { amount: number }[]>>("/v1/balance");
  const stripe = [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
  return stripe - (ledger?.cents ?? 0);
}
