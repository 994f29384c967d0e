/*
 * What clients of the asker's practice have left of their packages, the one that ends soonest first: of
 * those clients, or of one order. `refund_cents` go back if the coach ends it now. No row without a
 * practice. What is paid in parts is one package.
 *
 * Security definer: one pass over rows whose policies would each be checked.
 */
create function public.sold_packages(client_ids uuid[] default null, order_id uuid default null)
returns table (
  order_id uuid,
  client_id uuid,
  client_name text,
  offer_title text,
  sessions_paid integer,
  credits_left integer,
  sessions_to_come integer,
  payments_to_come integer,
  credits_end_at timestamptz,
  refund_cents integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select orders.id, orders.client_id, private.shown_name(client), offers.title, sessions.*,
    orders.credits_end_at, private.package_refund_cents(orders)
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
  join public.profiles as client on client.id = orders.client_id
  cross join lateral private.package_sessions(orders) as sessions
  where orders.coach_id = private.current_coach_id()
    and (orders.client_id = any (sold_packages.client_ids) or orders.id = sold_packages.order_id)
    and coalesce(orders.plan_position, 1) = 1
    and orders.credits_end_at is not null
    and private.can_be_ended(orders)
  order by orders.credits_end_at;
$$;

grant execute on function public.sold_packages(uuid[], uuid) to authenticated;
