/*
 * A package that was not paid for expires, and Stripe is asked to close its page. Nothing happens
 * when it is paid, or is no package.
 */
create function private.expire_package(order_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  update public.orders
  set status = 'expired'
  where orders.id = expire_package.order_id
    and orders.status = 'pending'
    and private.is_package(orders);

  if found then
    perform private.enqueue(
      'stripe.expire_checkout', 'stripe.expire_checkout:' || expire_package.order_id,
      jsonb_build_object('order_id', expire_package.order_id)
    );
  end if;
end;
$$;

/* Cron's: packages whose time to be paid for is over. At most 500 at a time; locked ones wait for the next run. */
create function private.expire_packages()
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
    where orders.status = 'pending'
      and private.shown_order_status(orders) = 'expired'
    order by orders.created_at
    limit 500
    for update skip locked
  loop
    perform private.expire_package(v_order_id);
  end loop;
end;
$$;
