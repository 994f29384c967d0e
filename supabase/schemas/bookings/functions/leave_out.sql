/*
 * A coach takes a part of what was asked for at once: these sessions are declined, and their credits
 * come back, or the order is from now on for the others alone. What a bank holds was not taken yet, so
 * nothing has to go back: less is captured. The caller has locked the order and takes the rest of it.
 * Nothing happens without sessions.
 */
create function private.leave_out(order_id uuid, booking_ids uuid[], reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  if cardinality(leave_out.booking_ids) = 0 then
    return;
  end if;

  for v_booking in select * from public.bookings where bookings.id = any (leave_out.booking_ids) loop
    perform private.move_booking(
      v_booking.id, array['requested']::public.booking_status[], 'declined', 'coach',
      jsonb_build_object('reason', left(trim(leave_out.reason), 500))
    );
    perform private.give_back_credit(v_booking, 'coach_cancelled');
  end loop;

  if (select orders.credits_end_at is null from public.orders where orders.id = leave_out.order_id) then
    perform private.reduce_order(leave_out.order_id, leave_out.booking_ids);
  end if;
end;
$$;

/*
 * An order is for fewer sessions than were asked for, each at what was agreed: amount, discount and fee,
 * which the sessions share evenly, shrink with their number, and so does what is to be captured, with its
 * tax (halves of a cent up). Its sessions are counted anew from 1; those that are not of it any more come
 * after them (is_left_out).
 */
create function private.reduce_order(order_id uuid, booking_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_asked integer;
  v_order public.orders;
begin
  select orders.session_count into v_asked from public.orders where orders.id = reduce_order.order_id;

  update public.orders
  set session_count = v_asked - cardinality(reduce_order.booking_ids),
      amount_cents = orders.amount_cents * (v_asked - cardinality(reduce_order.booking_ids)) / v_asked,
      discount_cents = orders.discount_cents * (v_asked - cardinality(reduce_order.booking_ids)) / v_asked,
      fee_cents = orders.fee_cents * (v_asked - cardinality(reduce_order.booking_ids)) / v_asked
  where orders.id = reduce_order.order_id
  returning * into v_order;

  update public.payments
  set amount_cents = v_order.amount_cents,
      tax_cents = round(payments.tax_cents::numeric * v_order.session_count / v_asked)::integer
  where payments.order_id = v_order.id
    and payments.status = 'authorized';

  -- Out of the way first: a number is given once.
  update public.bookings
  set position = bookings.position + v_asked
  where bookings.order_id = v_order.id;

  update public.bookings
  set position = counted.position
  from (
    select sessions.id,
      row_number() over (order by sessions.id = any (reduce_order.booking_ids), sessions.position) as position
    from public.bookings as sessions
    where sessions.order_id = v_order.id
  ) as counted
  where bookings.id = counted.id;
end;
$$;

/*
 * Whether a session was asked for with others of its order, of which its coach took some but not this
 * one: nothing was agreed about it, and nothing is paid.
 */
create function private.is_left_out(booking public.bookings, order_row public.orders)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select (is_left_out.order_row).credits_end_at is null
    and (is_left_out.booking).position > (is_left_out.order_row).session_count;
$$;

/*
 * What an order's client was asked to pay: what a bank holds of it, of which less is captured when the
 * coach takes a part. In cents.
 */
create function private.asked_cents(order_row public.orders)
returns integer
language sql
stable
set search_path = ''
as $$
  select (asked_cents.order_row).amount_cents
    * ((asked_cents.order_row).session_count + count(*)::integer) / (asked_cents.order_row).session_count
  from public.bookings
  where bookings.order_id = (asked_cents.order_row).id
    and private.is_left_out(bookings, asked_cents.order_row);
$$;
