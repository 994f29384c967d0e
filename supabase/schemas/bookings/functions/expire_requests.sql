/*
 * Requests whose time to answer is over expire. Run by cron with expire_holds; takes at most 500
 * at a time and leaves locked orders for the next run. A page shows them as expired before.
 */
create function private.expire_requests()
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
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.status = 'requested'
      and bookings.answer_by <= now()
    order by bookings.answer_by
    limit 500
    for update of orders skip locked
  loop
    perform private.expire_request(v_order_id);
  end loop;
end;
$$;

/* The same for one order, which the caller has locked. Nothing happens while there is time. */
create function private.expire_request(order_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform private.end_request(expire_request.order_id, 'expired', 'system', '', asked.booking_ids)
  from (
    select array_agg(bookings.id) as booking_ids
    from public.bookings
    where bookings.order_id = expire_request.order_id
      and bookings.status = 'requested'
      and bookings.answer_by <= now()
    group by bookings.created_at
  ) as asked;
end;
$$;
