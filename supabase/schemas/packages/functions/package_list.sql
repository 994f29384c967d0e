/*
 * The packages that the asker bought, those with something left first, the one that ends soonest at
 * the top; of those that wait for their payment only while they do. What is paid in parts is one, with
 * how many parts are paid, the sessions that come with the others, and the next one;
 * `plan_status` is null for what is paid at once. 50 at most.
 *
 * Security definer: names come from rows whose policies would each be checked.
 */
create function public.package_list()
returns table (
  order_id uuid,
  status public.order_status,
  pay_by timestamptz,
  offer_title text,
  duration_minutes integer,
  coach_slug text,
  coach_name text,
  is_coach_open boolean,
  sessions_paid integer,
  credits_left integer,
  sessions_to_come integer,
  payments_to_come integer,
  credits_end_at timestamptz,
  credits_end_reason text,
  plan_status public.plan_status,
  instalments integer,
  paid_parts integer,
  paid_cents integer,
  next_order_id uuid,
  next_due_at timestamptz,
  next_cents integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select orders.id, private.shown_order_status(orders), private.package_pay_by(orders),
    offers.title, offers.duration_minutes,
    coaches.slug, coaches.display_name, coaches.status = 'approved',
    sessions.*, orders.credits_end_at, orders.credits_end_reason,
    payment_plans.status, payment_plans.instalments, whole.paid_parts, whole.paid_cents, next.id, next.due_at, next.amount_cents
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
  join public.coaches on coaches.id = orders.coach_id
  left join public.payment_plans on payment_plans.id = orders.plan_id
  cross join lateral private.package_sessions(orders) as sessions
  cross join lateral (
    select count(*) filter (where parts.credits_end_at is not null)::integer as paid_parts,
      coalesce(sum(parts.amount_cents) filter (where parts.credits_end_at is not null), 0)::integer as paid_cents
    from private.package_orders(orders) as parts
  ) as whole
  left join public.orders as next
    on next.plan_id = orders.plan_id
    and next.plan_position = whole.paid_parts + 1
    and next.status = 'pending'
  where orders.client_id = private.current_profile_id()
    and coalesce(orders.plan_position, 1) = 1
    and private.shown_order_status(orders) <> 'expired'
  order by sessions.credits_left = 0, orders.credits_end_at, orders.created_at desc
  limit 50;
$$;

grant execute on function public.package_list() to authenticated;

/*
 * What became of a package's credits, oldest first: each entry, with the session that it is about.
 * No row for anyone but the two parties.
 *
 * Security definer: as above.
 */
create function public.package_history(order_id uuid)
returns table (
  kind public.credit_kind,
  sessions integer,
  created_at timestamptz,
  booking_id uuid,
  starts_at timestamptz,
  booking_status public.booking_status
)
language sql
stable
security definer
set search_path = ''
as $$
  select credit_entries.kind, credit_entries.sessions, credit_entries.created_at,
    bookings.id, bookings.starts_at, private.shown_status(bookings)
  from public.orders as named
  cross join lateral private.package_orders(named) as orders
  join public.credit_entries on credit_entries.order_id = orders.id
  left join public.bookings on bookings.id = credit_entries.booking_id
  where named.id = package_history.order_id
    and (orders.client_id = private.current_profile_id() or orders.coach_id = private.current_coach_id())
  order by credit_entries.id;
$$;

grant execute on function public.package_history(uuid) to authenticated;
