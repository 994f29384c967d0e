/*
 * How a package that the asker pays in parts stands, named by any of its orders: what is paid, what ended it,
 * and what they agreed to. No row for anyone but the client.
 *
 * Security definer: what was agreed to is not granted to anyone.
 */
create function public.plan_details(order_id uuid)
returns table (
  plan_id uuid,
  status public.plan_status,
  ended_reason public.plan_end,
  instalments integer,
  paid_parts integer,
  paid_cents integer,
  words text,
  agreed_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select payment_plans.id, payment_plans.status, payment_plans.ended_reason, payment_plans.instalments,
    whole.paid_parts, whole.paid_cents, payment_plans.words, payment_plans.created_at
  from public.orders
  join public.payment_plans on payment_plans.id = orders.plan_id
  cross join lateral (
    select count(*) filter (where parts.credits_end_at is not null)::integer as paid_parts,
      coalesce(sum(parts.amount_cents) filter (where parts.credits_end_at is not null), 0)::integer as paid_cents
    from private.package_orders(orders) as parts
  ) as whole
  where orders.id = plan_details.order_id
    and orders.client_id = private.current_profile_id();
$$;

grant execute on function public.plan_details(uuid) to authenticated;

/*
 * The parts of it, in order: when each is charged and how much, and what became of it. `retry_at` is when a
 * card that was declined is tried again; one that `is_payable` can be paid by hand.
 *
 * Security definer: as above.
 */
create function public.plan_parts(order_id uuid)
returns table (
  order_id uuid,
  plan_position integer,
  due_at timestamptz,
  amount_cents integer,
  session_count integer,
  status public.order_status,
  paid_at timestamptz,
  is_payable boolean,
  retry_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select parts.id, parts.plan_position, parts.due_at, parts.amount_cents, parts.session_count,
    private.shown_order_status(parts), parts.paid_at, private.is_payable(parts),
    case when private.is_instalment_overdue(parts.id) then private.next_try_at(parts.id) end
  from public.orders
  cross join lateral private.package_orders(orders) as parts
  where orders.id = plan_parts.order_id
    and orders.plan_id is not null
    and orders.client_id = private.current_profile_id()
  order by parts.plan_position;
$$;

grant execute on function public.plan_parts(uuid) to authenticated;
