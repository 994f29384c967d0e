/*
 * An order's credits end: none can be used any more, and what those that are left cost goes back
 * as money, once. Sessions that were booked stay as they are. The client is told, with the reason
 * if there is one. Returns the cents that go back. What a membership gives costs nothing by itself: of a
 * period that ends while its coach is suspended, what could not be used goes back.
 */
create function private.end_credits(order_id uuid, reason text default '')
returns integer
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
  v_left integer;
  v_cents integer;
begin
  select * into v_order from public.orders where orders.id = end_credits.order_id for update;
  v_left := private.credits_left(v_order.id);
  v_cents := private.end_refund_cents(v_order);

  update public.orders
  set credits_end_at = least(orders.credits_end_at, now())
  where orders.id = v_order.id;

  if v_left = 0 then
    return 0;
  end if;

  insert into public.credit_entries (order_id, kind, sessions) values (v_order.id, 'ended', -v_left);


  perform private.return_payment(payments, v_cents, 'credits_ended')
  from public.payments
  where payments.order_id = v_order.id
    and payments.status = 'succeeded'
    and v_cents > 0;

  if private.is_package(v_order) then
    update public.orders set credits_end_reason = left(trim(end_credits.reason), 500) where orders.id = v_order.id;
    -- Of one that is paid in parts it is told once, of all of them.
    perform private.notify(v_order.client_id, 'credits_ended', private.package_id(v_order));
  end if;

  return v_cents;
end;
$$;

/*
 * How many cents go back when an order's credits end now: what those that are left cost, and never
 * more than is left of its money, as an admin may have given some back in Stripe's dashboard.
 */
create function private.end_refund_cents(order_row public.orders)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when (end_refund_cents.order_row).membership_id is null then least(
      private.credits_left((end_refund_cents.order_row).id) * private.credit_cents(end_refund_cents.order_row),
      (end_refund_cents.order_row).amount_cents - private.returned_cents((end_refund_cents.order_row).id)
    )
    when private.is_suspended((end_refund_cents.order_row).coach_id)
      then private.unused_period_cents(end_refund_cents.order_row)
    else 0
  end;
$$;

/* Cron's: credits that were not used in time. At most 500 orders at a time; locked ones wait for the next run. */
create function private.end_lapsed_credits()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  for v_order_id in
    select orders.id
    from public.orders
    where orders.credits_end_at <= now()
      and private.credits_left(orders.id) > 0
    order by orders.credits_end_at
    limit 500
    for update skip locked
  loop
    perform private.end_credits(v_order_id);
  end loop;
end;
$$;
