/*
 * A no-show fee is not charged any more, and its payment page is closed. Both are told when it was given
 * up or waived. Nothing else follows for the client. What was paid of it already is not looked at here.
 * Nothing happens to one that has ended, but that it may still be waived. Returns whether it ended.
 */
create function private.end_no_show_fee(order_id uuid, reason private.no_show_fee_end, words text default null)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  perform from public.orders where orders.id = end_no_show_fee.order_id for update;

  update private.no_show_fees
  set ended_at = now(), ended_reason = end_no_show_fee.reason, words = end_no_show_fee.words
  where no_show_fees.order_id = end_no_show_fee.order_id
    and (
      no_show_fees.ended_reason is null
      or end_no_show_fee.reason = 'waived' and no_show_fees.ended_reason <> 'waived'
    )
  returning no_show_fees.booking_id into v_booking_id;

  if v_booking_id is null then
    return false;
  end if;

  update public.orders set status = 'expired'
  where orders.id = end_no_show_fee.order_id and orders.status = 'pending';
  perform private.enqueue(
    'stripe.expire_checkout', 'stripe.expire_checkout:' || orders.id, jsonb_build_object('order_id', orders.id)
  )
  from public.orders
  where orders.id = end_no_show_fee.order_id
    and orders.status = 'expired'
    and orders.stripe_checkout_session_id is not null;

  if end_no_show_fee.reason = 'declined' then
    perform private.notify_parties(v_booking_id, 'no_show_fee_unpaid');
  elsif end_no_show_fee.reason = 'waived' then
    perform private.notify_parties(v_booking_id, 'no_show_fee_waived');
  end if;
  return true;
end;
$$;

/*
 * A card was declined for a no-show fee: the client is told, with a page to pay on, and after the last try
 * it is given up. Nothing happens when it was paid meanwhile. `attempt` is which try it was.
 */
create function private.decline_no_show_fee(order_row public.orders, attempt integer, is_last boolean)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  if decline_no_show_fee.is_last then
    perform private.end_no_show_fee((decline_no_show_fee.order_row).id, 'declined');
  else
    perform private.notify(
      (decline_no_show_fee.order_row).client_id, 'no_show_fee_failed', no_show_fees.booking_id, no_show_fees.booking_id,
      decline_no_show_fee.attempt
    )
    from private.no_show_fees
    where no_show_fees.order_id = (decline_no_show_fee.order_row).id;
  end if;
end;
$$;

/* A person leaves: no-show fees that they are to pay, or to get, are charged no more. */
create function private.leave_no_show_fees(profile_id uuid)
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
    from private.no_show_fees
    join public.orders on orders.id = no_show_fees.order_id
    join public.coaches on coaches.id = orders.coach_id
    where leave_no_show_fees.profile_id in (orders.client_id, coaches.profile_id)
      and orders.status = 'pending'
    order by orders.id
  loop
    perform private.end_no_show_fee(v_order_id, 'account_closed');
  end loop;
end;
$$;
