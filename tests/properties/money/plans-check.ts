import { expect } from "vitest";

import type { Run } from "./steps/run.ts";

/**
 * What must hold of packages that are paid in parts once everything has settled: each part that is paid
 * gave its sessions, no other did, no charge is left of which nobody knows, and nothing waits for a
 * payment of what is over. Nobody ends a package here: no plan that has begun ends by that, however long its
 * coach is suspended.
 */
export async function expectPlansToAddUp({ database }: Run): Promise<[]> {
  expect(await database.run(WRONG_SESSIONS), "sessions of a part").toEqual([]);
  expect(await database.run(UNKNOWN_CHARGES), "charges without an outcome").toEqual([]);
  expect(await database.run(WRONG_PLANS), "how plans stand").toEqual([]);
  return [];
}

/* What came when the plan was over went back, and gave nothing. */
const WRONG_SESSIONS = `
  select orders.plan_position, orders.status, orders.session_count, granted.sessions
  from public.orders
  join public.payment_plans on payment_plans.id = orders.plan_id
  cross join lateral (
    select coalesce(sum(credit_entries.sessions), 0) as sessions
    from public.credit_entries
    where credit_entries.order_id = orders.id and credit_entries.kind = 'granted'
  ) as granted
  where granted.sessions <> case
      when orders.paid_at <= coalesce(payment_plans.ended_at, now()) and not exists (
        select from public.refunds where refunds.order_id = orders.id and refunds.reason = 'paid_too_late'
      ) then orders.session_count
      else 0
    end
`;

const UNKNOWN_CHARGES = `
  select card_charges.*
  from private.card_charges where outcome is null
`;

const WRONG_PLANS = `
  select payment_plans.status, array_agg(orders.status::text order by orders.plan_position) as parts
  from public.payment_plans join public.orders on orders.plan_id = payment_plans.id
  group by payment_plans.id
  having payment_plans.status in ('ended', 'completed') and bool_or(orders.status = 'pending')
    or payment_plans.status = 'completed' and bool_or(orders.paid_at is null)
    or payment_plans.status in ('active', 'overdue') and bool_and(orders.paid_at is not null)
    or payment_plans.ended_reason = 'package_ended' and bool_or(orders.credits_end_at is not null)
`;
