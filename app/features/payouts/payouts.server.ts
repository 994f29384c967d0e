import type Stripe from "stripe";

import type { Tables } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import { getEnv } from "~/lib/env.server";
import { getLogger } from "~/lib/logger.server";
import { coachPayoutsResumePath, coachPayoutsReturnPath } from "~/lib/paths";
import { recordPayoutAccount } from "~/lib/service-db.server";
import { getStripe } from "~/lib/stripe.server";

/** Where a coach is paid to, as Stripe told us last. */
export type PayoutAccount = Tables<"payout_accounts">;

/** What Stripe sent, or is sending, to a coach's bank. */
export type Payout = Omit<Tables<"payouts">, "coach_id" | "stripe_payout_id">;

/** What is said when Stripe can't be reached. */
export const STRIPE_IS_AWAY = "Stripe does not answer right now. Try again in a minute.";

/**
 * @param db a coach's
 * @returns their account; null before they began to set one up
 */
export async function findPayoutAccount(db: Db): Promise<PayoutAccount | null> {
  return toValue(await db.from("payout_accounts").select().maybeSingle());
}

/**
 * The last that went to a coach's bank, newest first. Stripe's own pages have all of it.
 *
 * @param db theirs
 */
export async function listPayouts(db: Db): Promise<Payout[]> {
  return toValue(
    await db
      .from("payouts")
      .select("id, status, amount_cents, arrives_on, failure_code, created_at")
      .order("created_at", { ascending: false })
      .limit(25),
  );
}

/**
 * A way into Stripe's pages that ask a coach what is missing. Makes their account the first time;
 * however often that is asked, it is one. The link is good once, for some minutes.
 * https://docs.stripe.com/connect/express-accounts
 *
 * @param db the coach's
 * @param coachId theirs
 * @returns the address; null when Stripe can't be reached, which is logged
 */
export async function onboardingUrl(db: Db, coachId: string): Promise<string | null> {
  return orNull("onboarding could not be opened", async () => {
    const { APP_ORIGIN } = getEnv();
    const known = await findPayoutAccount(db);
    const link = await getStripe().accountLinks.create({
      account: known?.stripe_account_id ?? (await createAccount(coachId)),
      type: "account_onboarding",
      refresh_url: APP_ORIGIN + coachPayoutsResumePath(),
      return_url: APP_ORIGIN + coachPayoutsReturnPath(),
      collection_options: { fields: "eventually_due" },
    });
    return link.url;
  });
}

/**
 * A way into Stripe's page of what was paid out to a coach.
 *
 * @param account theirs, of which Stripe knows what it wanted
 * @returns the address; null when Stripe can't be reached, which is logged
 */
export async function dashboardUrl(account: PayoutAccount): Promise<string | null> {
  return orNull("payouts could not be shown", async () => {
    const link = await getStripe().accounts.createLoginLink(account.stripe_account_id);
    return link.url;
  });
}

/**
 * Reads a coach's account at Stripe again: they come back from there before its webhook does, or
 * after it was lost.
 *
 * @param account theirs
 */
export async function rereadAccount(account: PayoutAccount): Promise<void> {
  await orNull("account could not be read", async () => {
    const now = await getStripe().accounts.retrieve(account.stripe_account_id);
    await recordPayoutAccount(now);
    return now.id;
  });
}

// Stripe asks what it has to know and pays out; we are liable for what goes wrong, as is everyone
// who charges clients first and pays coaches later (docs/decisions/0016-connected-accounts.md).
async function createAccount(coachId: string): Promise<string> {
  const params: Stripe.AccountCreateParams = {
    country: "US",
    controller: {
      stripe_dashboard: { type: "express" },
      fees: { payer: "application" },
      losses: { payments: "application" },
      requirement_collection: "stripe",
    },
    capabilities: { transfers: { requested: true } },
    metadata: { coach_id: coachId },
  };
  const account = await getStripe().accounts.create(params, {
    idempotencyKey: `payout_account:${coachId}`,
  });
  await recordPayoutAccount(account);
  return account.id;
}

async function orNull(what: string, call: () => Promise<string>): Promise<string | null> {
  try {
    return await call();
  } catch (error) {
    getLogger().error({ err: error }, what);
    return null;
  }
}
