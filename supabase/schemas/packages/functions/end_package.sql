/*
 * A coach ends a package that they sold: what is left of it goes back to the client as money, and
 * they read the reason. Sessions that are booked stay. Takes the cents that the page showed: if it
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
  from public.orders
  where orders.id = end_package.order_id
    and orders.coach_id = v_coach_id
    and private.is_package(orders)
    and orders.credits_end_at is not null
  for update;

  if not found then
    raise exception 'There is no such package.' using errcode = 'OKNFD';
  end if;
  if private.credits_left(v_order.id) = 0 then
    raise exception 'Nothing is left of this package.' using errcode = 'OKEND';
  end if;
  if private.end_refund_cents(v_order) is distinct from end_package.expected_refund_cents then
    raise exception 'What goes back has changed while this page was open. Look at the new amount and confirm again.'
      using errcode = 'OBQTE';
  end if;

  return private.end_credits(v_order.id, end_package.reason);
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
begin
  perform from public.orders where orders.id = end_package.order_id for update;

  if private.credits_left(end_package.order_id) = 0 then
    raise exception 'Nothing is left of order %.', end_package.order_id using errcode = 'OKEND';
  end if;

  return private.end_credits(end_package.order_id, end_package.reason);
end;
$$;
