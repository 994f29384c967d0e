import { expect } from "vitest";

import type { World } from "./world.ts";

/**
 * What must hold of those who left, and of who had to do with them, once everything has settled: nothing of
 * theirs goes on or waits for money, what Stripe took of it since went back, and no row of money names them.
 */
export async function expectNothingOfWhoLeft(world: World): Promise<void> {
  const { database, stripe } = world;
  const people = await database.run<{ name: string }>(LEFT);
  if (people.length === 0) return;

  expect(await database.run(GOES_ON), "what goes on").toEqual([]);
  const { data: charges } = await stripe.charges.list({ limit: 100 });
  const taken = charges
    .filter(({ paid, captured }) => paid && captured)
    .map(({ payment_intent: intent, created }) => ({ intent, created }));
  expect(await database.run(keptSince(taken)), "taken since, and kept").toEqual([]);
  for (const { name } of people) {
    expect(await database.run(namedIn(name)), `rows of money that name ${name}`).toEqual([]);
  }
}

const LEFT = `
  select people.name
  from public.profiles join tests.fixtures as people on people.id = profiles.id
  where profiles.deleted_at is not null
`;

/* No sessions to come, nor credits for one, either: who has left meets nobody. */
const GOES_ON = `
  with theirs as (
    select 'order ' || orders.status as what, orders.client_id, orders.coach_id
    from public.orders where orders.status = 'pending'
    union all
    select 'membership ' || memberships.status, memberships.client_id, memberships.coach_id
    from public.memberships where memberships.status <> 'ended'
    union all
    select 'plan ' || payment_plans.status, payment_plans.client_id, payment_plans.coach_id
    from public.payment_plans where payment_plans.status in ('pending', 'active', 'overdue')
    union all
    select 'session ' || bookings.status, bookings.client_id, bookings.coach_id
    from public.bookings
    where bookings.status in ('held', 'requested', 'confirmed') and bookings.starts_at > now()
    union all
    select 'credits', orders.client_id, orders.coach_id
    from public.orders where private.credits_left(orders.id) > 0
    union all
    select 'charge', orders.client_id, orders.coach_id
    from private.card_charges join public.orders on orders.id = card_charges.order_id
    where card_charges.outcome is null
  )
  select theirs.what, client.deleted_at as client_left_at, coach.deleted_at as coach_left_at
  from theirs
  join public.profiles as client on client.id = theirs.client_id
  join public.coaches on coaches.id = theirs.coach_id
  join public.profiles as coach on coach.id = coaches.profile_id
  where coalesce(client.deleted_at, coach.deleted_at) is not null
`;

/** Charges of theirs from then on, of which something is neither given back nor lost to a bank. */
function keptSince(taken: { intent: unknown; created: number }[]): string {
  return `
    select payments.stripe_payment_intent_id, payments.status, payments.amount_cents, orders.status as order_status
    from json_to_recordset('${JSON.stringify(taken)}') as charges (intent text, created bigint)
    join public.payments on payments.stripe_payment_intent_id = charges.intent
    join public.orders on orders.id = payments.order_id
    join public.coaches on coaches.id = orders.coach_id
    join public.profiles on profiles.id in (orders.client_id, coaches.profile_id)
    where to_timestamp(charges.created) > profiles.deleted_at
      and payments.amount_cents > coalesce((
        select sum(refunds.amount_cents) from public.refunds where refunds.payment_id = payments.id
      ), 0) + coalesce((
        select sum(disputes.lost_cents) from public.disputes where disputes.order_id = orders.id
      ), 0)
  `;
}

/** Where what moved, and what Stripe said of it, is written down. */
const MONEY = [
  "private.ledger_journals",
  "private.ledger_entries",
  "private.balance_transactions",
  "private.card_charges",
  "private.webhook_events",
  "private.outbox",
  "public.orders",
  "public.payments",
  "public.refunds",
  "public.credit_entries",
  "public.earnings",
  "public.transfers",
  "public.transfer_reversals",
  "public.disputes",
  "public.payout_accounts",
];

function namedIn(name: string): string {
  return MONEY.map(
    (table) =>
      `select '${table}' as table_name, named::text from ${table} as named where named::text ~* '\\m${name}\\M'`,
  ).join(" union all ");
}
