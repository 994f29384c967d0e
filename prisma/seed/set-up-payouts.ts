import { setTimeout as delay } from "node:timers/promises";

import type postgres from "postgres";
import Stripe from "stripe";

const WEBHOOK_TIMEOUT_MS = 30_000;

type Options = { url: string; key: string; connection: postgres.Sql };

/**
 * Sets up payouts for a coach at Stripe's emulator, on its own pages, so that what they earn from
 * here on is sent like any other coach's. The account is written down by Stripe's webhook, as always.
 *
 * @param coachId whose
 * @throws if Stripe's emulator does not take the answers, or tell of the account in half a minute
 */
export async function setUpPayouts(
  coachId: string,
  { url, key, connection }: Options,
): Promise<void> {
  const { hostname, port } = new URL(url);
  const stripe = new Stripe(key, { host: hostname, port, protocol: "http" });
  const { id } = await stripe.accounts.create(
    {
      country: "US",
      controller: {
        stripe_dashboard: { type: "express" },
        fees: { payer: "application" },
        losses: { payments: "application" },
        requirement_collection: "stripe",
      },
      capabilities: { transfers: { requested: true } },
      metadata: { coach_id: coachId },
    },
    // The same as the site's: one account a coach.
    { idempotencyKey: `payout_account:${coachId}` },
  );
  const link = await stripe.accountLinks.create({
    account: id,
    type: "account_onboarding",
    refresh_url: "http://localhost/again",
    return_url: "http://localhost/back",
  });

  const opened = await fetch(link.url, { redirect: "manual" });
  const response = await fetch(new URL(opened.headers.get("location") ?? "", link.url), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      firstName: "Maria",
      lastName: "Demo",
      birthday: "1980-01-01",
      ssn: "0000",
      routingNumber: "110000000",
      accountNumber: "000123456789",
      verification: "at_once",
      step: "submit",
    }),
  });
  if (response.status >= 400) throw new Error(`Onboarding answered ${response.status}.`);
  await waitForAccount(coachId, connection);
}

async function waitForAccount(coachId: string, sql: postgres.Sql) {
  for (const startedAt = Date.now(); Date.now() - startedAt < WEBHOOK_TIMEOUT_MS; await delay(50)) {
    const rows = await sql`
      select from payout_accounts where coach_id = ${coachId} and status = 'active'
    `;
    if (rows.length === 1) return;
  }
  throw new Error("Stripe's webhooks did not arrive: see the log of the functions.");
}
