/*
 * Money came for a no-show fee: it is the coach's at once, since who came is settled already, and both
 * are told. What came although it was waived, or after one of the two had left, goes back. One that was
 * given up and is paid by hand after all counts. The caller holds the order's lock.
 */
create function private.earn_no_show_fee(order_row public.orders, payment public.payments)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  if not private.takes_payment(earn_no_show_fee.order_row) then
    perform private.return_payment(earn_no_show_fee.payment, (earn_no_show_fee.payment).amount_cents, 'paid_too_late');
    return;
  end if;

  update private.no_show_fees
  set ended_at = null, ended_reason = null
  where no_show_fees.order_id = (earn_no_show_fee.order_row).id
  returning no_show_fees.booking_id into v_booking_id;

  perform private.release_whole((earn_no_show_fee.order_row).id);
  perform private.notify_parties(v_booking_id, 'no_show_fee_paid');
end;
$$;

/* Whether an order is a no-show fee. */
create function private.is_no_show_fee(order_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.missed_booking_id(is_no_show_fee.order_id) is not null;
$$;

/* The session that a no-show fee is for; null for any other order. */
create function private.missed_booking_id(order_id uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select no_show_fees.booking_id from private.no_show_fees where no_show_fees.order_id = missed_booking_id.order_id;
$$;
