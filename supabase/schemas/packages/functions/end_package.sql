/*
 * A coach ends a package that they sold: what is left of it goes back to the client as money, and
 * they read the reason. Sessions that are booked stay. What is paid in parts ends as a whole, and nothing more is charged. Takes the cents that the page showed: if it
 * is another amount by now, nothing is ended. Returns them.
 *
 * Raises: UPSGN, UPONB, OCNON, OCSUS, OKNFD (not the coach's, or not paid for), OKEND (nothing is left), OBQTE (the amount changed).
 * Security definer: nobody may write credits.
 */
create function public.end_package(order_id uuid, expected_refund_cents integer, reason text default '')
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach_id uuid := private.current_coach_id();
  v_order public.orders;
begin
  select * into v_order
  from private.lock_package(end_package.order_id) as orders
  where orders.id = end_package.order_id
    and orders.coach_id = v_coach_id
    and private.is_package(orders)
    and orders.credits_end_at is not null;

  if not found then
    raise exception 'There is no such package.' using errcode = 'OKNFD';
  end if;
  if not private.can_be_ended(v_order) then
    raise exception 'Nothing is left of this package.' using errcode = 'OKEND';
  end if;
  if private.package_refund_cents(v_order) is distinct from end_package.expected_refund_cents then
    raise exception 'What goes back has changed while this page was open. Look at the new amount and confirm again.'
      using errcode = 'OBQTE';
  end if;

  return private.end_whole_package(v_order, end_package.reason);
end;
$$;

grant execute on function public.end_package(uuid, integer, text) to authenticated;

/*
 * An admin ends a package: `select admin.end_package('…', 'The coach asked for it.')` in Studio's
 * editor, with the order's id. What is left goes back to the client as money, and they read the
 * reason. Returns the cents that go back. Raises: OKEND (nothing is left).
 */
create function admin.end_package(order_id uuid, reason text)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  select * into v_order
  from private.lock_package(end_package.order_id) as orders
  where orders.id = end_package.order_id;

  if v_order.id is null or not private.can_be_ended(v_order) then
    raise exception 'Nothing is left of order %.', end_package.order_id using errcode = 'OKEND';
  end if;

  return private.end_whole_package(v_order, end_package.reason);
end;
$$;

/* Whether there is something to end: sessions that are left, or parts that are still to be charged. */
create function private.can_be_ended(order_row public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.package_left(can_be_ended.order_row) > 0 or exists (
    select from public.payment_plans
    where payment_plans.id = (can_be_ended.order_row).plan_id and payment_plans.status in ('active', 'overdue')
  );
$$;

/* What goes back when a package ends now, in all its orders (end_refund_cents). */
create function private.package_refund_cents(order_row public.orders)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(private.end_refund_cents(orders)), 0)::integer
  from private.package_orders(package_refund_cents.order_row) as orders;
$$;

/* Ends the credits of all orders of a package, which the caller has locked, and its plan. Returns the cents that go back. */
create function private.end_whole_package(order_row public.orders, reason text)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order_id uuid;
  v_cents integer := 0;
begin
  for v_order_id in
    select orders.id
    from private.package_orders(end_whole_package.order_row) as orders
    where orders.credits_end_at is not null
    order by orders.id
  loop
    v_cents := v_cents + private.end_credits(v_order_id, end_whole_package.reason);
  end loop;

  perform private.end_plan((end_whole_package.order_row).plan_id, 'package_ended');
  return v_cents;
end;
$$;
