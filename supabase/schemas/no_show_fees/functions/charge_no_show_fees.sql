/*
 * Cron's: tries declined cards again, as it does for instalments, and charges what something stood in
 * the way of. A fee that could not be charged for platform_settings.no_show_fee_days is given up, and one
 * that was made in the moment in which somebody left ends. At most 500 at a time, of those with which something
 * is to be done: however many wait, they are in nobody's way. Those that somebody is changing wait for the next run.
 */
create function private.charge_no_show_fees()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  for v_order in
    select orders.*
    from private.no_show_fees
    join public.orders on orders.id = no_show_fees.order_id
    where no_show_fees.ended_at is null
      and orders.status = 'pending'
      and (
        private.has_left(orders.client_id, orders.coach_id, now())
        or orders.created_at <= now() - make_interval(days => (private.settings()).no_show_fee_days)
        or private.is_no_show_fee_due(orders) and private.is_try_due(orders)
      )
    order by orders.created_at
    limit 500
    for update of orders skip locked
  loop
    if private.has_left(v_order.client_id, v_order.coach_id, now()) then
      perform private.end_no_show_fee(v_order.id, 'account_closed');
    elsif v_order.created_at <= now() - make_interval(days => (private.settings()).no_show_fee_days) then
      perform private.end_no_show_fee(v_order.id, 'declined');
    else
      perform private.charge_no_show_fee(v_order);
    end if;
  end loop;
end;
$$;

/* Charges one, if nothing stands in the way and its next try has come. */
create function private.charge_no_show_fee(order_row public.orders)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.charge_card(charge_no_show_fee.order_row)
  where private.is_chargeable(charge_no_show_fee.order_row);
$$;

/*
 * Whether an order is a no-show fee that is to be charged now: not once it has ended or one of the two has
 * left, nor while a bank has not decided about money between them, or the coach is suspended.
 */
create function private.is_no_show_fee_due(order_row public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from private.no_show_fees
    where no_show_fees.order_id = (is_no_show_fee_due.order_row).id
      and no_show_fees.ended_at is null
  ) and not private.has_left((is_no_show_fee_due.order_row).client_id, (is_no_show_fee_due.order_row).coach_id, now())
  and not exists (
    select from public.orders
    where orders.client_id = (is_no_show_fee_due.order_row).client_id
      and orders.coach_id = (is_no_show_fee_due.order_row).coach_id
      and orders.status = 'disputed'
  ) and not exists (
    select from public.coaches
    where coaches.id = (is_no_show_fee_due.order_row).coach_id and coaches.status = 'suspended'
  );
$$;

/* The subscription at Stripe by whose card a no-show fee is charged; null for any other order. */
create function private.no_show_fee_subscription(order_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select memberships.stripe_subscription_id
  from private.no_show_fees
  join public.bookings on bookings.id = no_show_fees.booking_id
  join public.orders as period on period.id = bookings.order_id
  join public.memberships on memberships.id = period.membership_id
  where no_show_fees.order_id = no_show_fee_subscription.order_id;
$$;
