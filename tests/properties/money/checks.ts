import type Stripe from "stripe";
import { expect } from "vitest";

import type { World } from "./world.ts";

/**
 * What must hold once everything has settled.
 * @throws when something does not add up, with the rows that say so
 */
export async function expectBooksToBalance(world: World): Promise<void> {
  const { database } = world;
  expect(await database.run("select * from admin.money_mismatch"), "money_mismatch").toEqual([]);
  await expectOurBalance(world);
  await expectCoachesBalances(world);
  expect(await database.run(OVERDRAWN), "credits below zero").toEqual([]);
  expect(await database.run(UNEARNED), "sent for what was not held, or twice").toEqual([]);
  expect(await database.run(UNEARNED_PERIODS), "sent for a period, too early or twice").toEqual([]);
  expect(await database.run(UNSETTLED), "earned while somebody could object").toEqual([]);
  expect(await database.run(PAID_TWICE), "paid twice and kept").toEqual([]);
  expect(
    await database.run(
      "select topic, payload, last_error from private.outbox where status = 'failed'",
    ),
    "work that was given up",
  ).toEqual([]);
}

/** The ledger sums to zero, and what it says Stripe holds for us is what Stripe says. */
async function expectOurBalance({ database, stripe }: World): Promise<void> {
  const [ledger] = await database.run<{ sum: number; stripe: number }>(`
    select coalesce(sum(amount_cents), 0)::integer as sum,
      coalesce(sum(amount_cents) filter (where account = 'stripe_balance'), 0)::integer as stripe
    from private.ledger_entries
  `);
  expect(ledger?.sum, "the ledger").toBe(0);
  expect(ledger?.stripe, "what Stripe holds for us").toBe(total(await stripe.balance.retrieve()));
}

/** What coaches have at Stripe, and what went to their banks, is what we sent and did not take back. */
async function expectCoachesBalances({ database, stripe }: World): Promise<void> {
  const accounts = await database.run<{ account: string; sent: number }>(`
    select payout_accounts.stripe_account_id as account,
      (coalesce((
        select sum(transfers.amount_cents) from public.transfers
        where transfers.coach_id = payout_accounts.coach_id and transfers.status = 'succeeded'
      ), 0) - coalesce((
        select sum(transfer_reversals.reversed_cents) from public.transfer_reversals
        join public.transfers on transfers.id = transfer_reversals.transfer_id
        where transfers.coach_id = payout_accounts.coach_id
      ), 0))::integer as sent
    from public.payout_accounts
  `);
  for (const { account, sent } of accounts) {
    const of = { stripeAccount: account };
    const { data: payouts } = await stripe.payouts.list({ limit: 100 }, of);
    const paid = payouts.reduce((sum, { amount, status }) => {
      return status === "failed" || status === "canceled" ? sum : sum + amount;
    }, 0);
    expect(total(await stripe.balance.retrieve({}, of)) + paid, "what a coach got").toBe(sent);
  }
}

function total({ available, pending }: Stripe.Balance): number {
  return [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
}

const OVERDRAWN = `
  select order_id, sum(sessions) as left from public.credit_entries group by order_id having sum(sessions) < 0
`;

/*
 * By another way than the code's, from the rows alone: a session brings its coach nothing before it is over and was
 * held, or was called off by its client with something kept, and never more than the client paid for it and did
 * not get back, and what a coupon of ours took off, less our fee. What went back of an order as a whole (`rest`) is
 * shared by what is left of each of its parts, and fee and coupon by what is kept, here in fractions of a cent:
 * what the code rounds may be some cents more.
 */
const UNEARNED = `
  with went_back as (
    select refunds.order_id, refunds.booking_id, refunds.amount_cents as cents,
      refunds.booking_id is not null or refunds.reason = 'credits_ended' as is_of_a_part
    from public.refunds
    join public.payments on payments.id = refunds.payment_id
    where refunds.status <> 'failed' and payments.status <> 'surplus'
    union all
    select disputes.order_id, null, disputes.lost_cents, false
    from public.disputes
    join public.payments on payments.id = disputes.payment_id
    where payments.status <> 'surplus'
  )
  select bookings.id, bookings.status, bookings.cancelled_by, sent.cents, share.cents as share
  from public.bookings
  join public.earnings on earnings.booking_id = bookings.id
  join public.orders on orders.id = bookings.order_id
  join public.offers on offers.id = orders.offer_id
  cross join lateral (
    select coalesce(sum(transfers.amount_cents + transfers.netted_cents), 0) - coalesce((
      select sum(transfer_reversals.amount_cents) from public.transfer_reversals
      join public.transfers as back on back.id = transfer_reversals.transfer_id
      where back.earning_id = earnings.id
    ), 0) as cents
    from public.transfers
    where transfers.earning_id = earnings.id and transfers.status = 'succeeded'
  ) as sent
  cross join lateral (
    select coalesce(sum(cents) filter (where booking_id = bookings.id), 0) as of_it,
      coalesce(sum(cents) filter (where is_of_a_part), 0) as of_parts,
      coalesce(sum(cents) filter (where not is_of_a_part), 0) as rest
    from went_back where went_back.order_id = orders.id
  ) as back
  cross join lateral (
    select case
      when offers.kind = 'membership' then 0
      when orders.credits_end_at is null and bookings.position > orders.session_count then 0
      when exists (
        select from public.credit_entries
        where credit_entries.booking_id = bookings.id and credit_entries.kind = 'returned'
      ) then 0
      else orders.amount_cents / orders.session_count
    end as cents
  ) as price
  cross join lateral (
    select price.cents - back.of_it - coalesce(
      back.rest * (price.cents - back.of_it) / nullif(orders.amount_cents - back.of_parts, 0)::numeric, 0
    ) as cents
  ) as kept
  cross join lateral (
    select kept.cents + coalesce(kept.cents / nullif(price.cents, 0)::numeric, 1) * (
      case when orders.discount_bearer = 'platform' then orders.discount_cents / orders.session_count else 0 end
        - orders.fee_cents / orders.session_count
    ) as cents
  ) as share
  where sent.cents > share.cents + 3
    or sent.cents > 0 and not (
      bookings.ends_at <= now() and (
        bookings.status in ('completed', 'no_show_client')
        or bookings.status = 'cancelled' and bookings.cancelled_by = 'client'
      )
    )
`;

/* The same of a membership's period, which brings its coach something when it is over. */
const UNEARNED_PERIODS = `
  select orders.id, orders.period_ends_at, sent.cents
  from public.orders
  join public.earnings on earnings.order_id = orders.id and earnings.booking_id is null
  cross join lateral (
    select coalesce(sum(transfers.amount_cents + transfers.netted_cents), 0) - coalesce((
      select sum(transfer_reversals.amount_cents) from public.transfer_reversals
      join public.transfers as back on back.id = transfer_reversals.transfer_id
      where back.earning_id = earnings.id
    ), 0) as cents
    from public.transfers
    where transfers.earning_id = earnings.id and transfers.status = 'succeeded'
  ) as sent
  cross join lateral (
    select coalesce((
      select sum(refunds.amount_cents) from public.refunds join public.payments on payments.id = refunds.payment_id
      where refunds.order_id = orders.id and refunds.status <> 'failed' and payments.status <> 'surplus'
    ), 0) + coalesce((
      select sum(disputes.lost_cents) from public.disputes join public.payments on payments.id = disputes.payment_id
      where disputes.order_id = orders.id and payments.status <> 'surplus'
    ), 0) as cents
  ) as back
  where sent.cents > orders.amount_cents - back.cents
    or sent.cents > 0 and orders.period_ends_at > now()
`;

/* Nothing is anybody's before what was decided of a session, or of each session of a period, is settled. */
const UNSETTLED = `
  select bookings.id, bookings.status, decisions.outcome, decisions.objected_at
  from public.attendance_decisions as decisions
  join public.bookings on bookings.id = decisions.booking_id
  join public.earnings
    on earnings.order_id = bookings.order_id and coalesce(earnings.booking_id, bookings.id) = bookings.id
  where decisions.settled_at is null
`;

/* What was taken for one order more than once went back, or was to: a bank may have sent it back again. */
const PAID_TWICE = `
  select orders.id, orders.amount_cents, paid.cents
  from public.orders
  cross join lateral (
    select sum(payments.amount_cents) - coalesce((
      select sum(refunds.amount_cents) from public.refunds where refunds.order_id = orders.id
    ), 0) - coalesce((
      select sum(disputes.lost_cents) from public.disputes where disputes.order_id = orders.id
    ), 0) as cents
    from public.payments
    where payments.order_id = orders.id and payments.status in ('succeeded', 'surplus')
  ) as paid
  where paid.cents > orders.amount_cents
`;

/** How often things came to pass that everything else is about, by name. */
export async function countOutcomes({ database }: World): Promise<[name: string, count: number][]> {
  const rows = await database.run<{ name: string; count: number }>(`
    select 'refunds ' || status as name, count(*)::integer as count from public.refunds group by status
    union all
    select 'transfers ' || status, count(*)::integer from public.transfers group by status
    union all
    select 'reversals ' || status, count(*)::integer from public.transfer_reversals group by status
    union all
    select 'credits ' || kind, count(*)::integer from public.credit_entries group by kind
    union all
    select 'earnings changed later', count(*)::integer from public.earnings where adjustments > 0
    union all
    select 'discounts of ' || discount_bearer, count(*)::integer from public.orders
    where discount_bearer is not null and paid_at is not null group by discount_bearer
    union all
    select 'disputes ' || status, count(*)::integer from public.disputes group by status
    union all
    select 'requests taken in part', count(*)::integer from public.orders
    where paid_at is not null and private.asked_cents(orders) > orders.amount_cents
    union all
    select 'debts netted', count(*)::integer from public.transfers where netted_cents > 0
    union all
    select 'periods earned', count(*)::integer from public.earnings
    join public.orders on orders.id = earnings.order_id and orders.membership_id is not null
    where booking_id is null
    union all
    select 'memberships ' || status, count(*)::integer from public.memberships group by status
    union all
    select concat_ws(' ', 'plans', status, ended_reason), count(*)::integer from public.payment_plans group by status, ended_reason
    union all
    select 'charges ' || outcome, count(*)::integer from private.card_charges group by outcome
    union all
    select 'late pages found paid', count(*)::integer from private.outbox
    join public.orders on orders.id = (payload ->> 'order_id')::uuid
    where topic = 'stripe.expire_checkout' and result ->> 'payment_status' = 'paid'
      and (plan_position > 1 or private.is_no_show_fee(orders.id))
    union all
    select 'late pages found paid before a charge', count(*)::integer from private.outbox
    where topic = 'stripe.charge_card' and result -> 'page' ->> 'payment_status' = 'paid'
  `);
  return rows.map(({ name, count }) => [name, count]);
}
