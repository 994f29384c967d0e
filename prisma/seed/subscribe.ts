import { setTimeout as delay } from "node:timers/promises";

import type postgres from "postgres";
import Stripe from "stripe";

const WEBHOOK_TIMEOUT_MS = 30_000;

type Options = { url: string; key: string; connection: postgres.Sql };

const OFFERS = [
  {
    title: "Two sessions a month",
    description:
      "One to look at the month behind you, one to rehearse what is next. Most agents stay for a year.",
    price_cents: 26_000,
    sessions_a_month: 2,
    trial_days: 0,
  },
  {
    title: "Every week, side by side",
    description:
      "Four sessions a month for a season that matters: a new team, a new farm, a slow market.",
    price_cents: 48_000,
    sessions_a_month: 4,
    trial_days: 7,
  },
];

/**
 * Puts memberships of a coach on sale and has a client subscribe to the first, on Stripe's own page.
 * What follows from it is written down by Stripe's webhook, as always.
 *
 * @param parties whose memberships, and who subscribes
 * @throws if Stripe's emulator does not take the payment, or tell of it in half a minute
 */
export async function subscribe(
  parties: { coachId: string; clientId: string; email: string },
  { url, key, connection: sql }: Options,
): Promise<void> {
  const { hostname, port } = new URL(url);
  const stripe = new Stripe(key, { host: hostname, port, protocol: "http" });
  const offers = OFFERS.map((offer) => ({
    ...offer,
    coach_id: parties.coachId,
    kind: "membership",
    duration_minutes: 60,
    billing_interval: "month",
  }));
  const [offer] = await sql<{ id: string; title: string; price_cents: number }[]>`
    insert into offers ${sql(offers)} returning id, title, price_cents
  `;
  if (!offer) throw new Error("No membership was put on sale.");

  await askForNoShows(parties.coachId, sql);
  const membershipId = await agree(parties, offer.id, sql);
  await pay(stripe, parties, { membershipId, offer }, sql);
  await waitForMembership(membershipId, sql);
}

/** From now on a client of this coach pays $25 for a session of a membership to which they do not come. */
async function askForNoShows(coachId: string, sql: postgres.Sql): Promise<void> {
  await sql`
    with policy as (
      insert into cancellation_policies (
        name, full_refund_minutes, partial_refund_minutes, partial_refund_percent, no_show_fee_cents
      )
      select name || ', with a no-show fee', full_refund_minutes, partial_refund_minutes,
        partial_refund_percent, 2500
      from cancellation_policies where is_default
      returning id
    )
    update coaches set cancellation_policy_id = policy.id from policy where coaches.id = ${coachId}
  `;
}

async function agree(
  { coachId, clientId }: { coachId: string; clientId: string },
  offerId: string,
  sql: postgres.Sql,
): Promise<string> {
  const [membership] = await sql<{ id: string }[]>`
    insert into memberships (client_id, coach_id, offer_id, checkout_expires_at)
    values (${clientId}, ${coachId}, ${offerId}, now() + interval '2 hours')
    returning id
  `;
  await sql`
    select private.write_consent(
      ${membership!.id}, offers, 0, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex')
    )
    from offers cross join lateral private.membership_terms(offers, 0) as terms
    where offers.id = ${offerId}
  `;
  return membership!.id;
}

async function pay(
  stripe: Stripe,
  { clientId, email }: { clientId: string; email: string },
  bought: { membershipId: string; offer: { id: string; title: string; price_cents: number } },
  sql: postgres.Sql,
): Promise<void> {
  const { membershipId, offer } = bought;
  const customer = await stripe.customers.create({ email, metadata: { profile_id: clientId } });
  await sql`insert into private.stripe_customers values (${clientId}, ${customer.id})`;
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: offer.price_cents,
    recurring: { interval: "month" },
    product_data: { name: offer.title },
  });
  await sql`insert into private.stripe_prices values (${offer.id}, ${price.id})`;
  const metadata = { membership_id: membershipId };
  const checkout = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    metadata,
    subscription_data: { metadata, billing_mode: { type: "flexible" } },
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: "http://localhost/paid",
  });
  const response = await fetch(checkout.url ?? "", {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      email,
      name: "Demo Member",
      number: "4242 4242 4242 4242",
      expiry: "12/34",
      cvc: "123",
    }),
  });
  if (response.status !== 303) throw new Error(`Checkout answered ${response.status}.`);
}

async function waitForMembership(membershipId: string, sql: postgres.Sql): Promise<void> {
  for (const startedAt = Date.now(); Date.now() - startedAt < WEBHOOK_TIMEOUT_MS; await delay(50)) {
    const rows = await sql`
      select from orders where membership_id = ${membershipId} and credits_end_at is not null
    `;
    if (rows.length === 1) return;
  }
  throw new Error("Stripe's webhooks did not arrive: see the log of the functions.");
}
