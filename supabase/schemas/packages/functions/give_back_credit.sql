/* Whether a session was booked with a credit that has not come back. */
create function private.uses_credit(booking public.bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(credit_entries.sessions), 0) < 0
  from public.credit_entries
  where credit_entries.booking_id = (uses_credit.booking).id;
$$;

/* The same, while the credit could be used again: what comes back later comes back as money. */
create function private.can_return_credit(booking public.bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.uses_credit(can_return_credit.booking) and orders.credits_end_at > now()
  from public.orders
  where orders.id = (can_return_credit.booking).order_id;
$$;

/*
 * What is left, in cents, of what a session cost that was booked with a credit. Of a membership that is the
 * session's part of what its period cost, rounded to a cent, as far as that has not gone back: it costs
 * nothing by itself, but was paid for.
 */
create function private.credit_worth_cents(booking public.bookings)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when orders.membership_id is null then
      private.session_cents(credit_worth_cents.booking) - private.session_returned_cents(credit_worth_cents.booking)
    else least(
      round(orders.amount_cents::numeric / (
        select sum(credit_entries.sessions) from public.credit_entries
        where credit_entries.order_id = orders.id and credit_entries.kind = 'granted'
      )) - (
        select coalesce(sum(private.given_back_cents(refunds)), 0) from public.refunds
        where refunds.booking_id = (credit_worth_cents.booking).id
      ),
      orders.amount_cents - private.returned_cents(orders.id)
    )::integer
  end
  from public.orders
  where orders.id = (credit_worth_cents.booking).order_id;
$$;

/*
 * Gives all of a session back that was booked with a credit and does not take place: the credit,
 * or once its order's credits have ended what the session cost, in money, with `reason`. Nothing
 * happens for a session that used none, or a second time. The caller has locked the order.
 */
create function private.give_back_credit(booking public.bookings, reason public.refund_reason)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  if private.can_return_credit(give_back_credit.booking) then
    insert into public.credit_entries (order_id, booking_id, kind, sessions)
    values ((give_back_credit.booking).order_id, (give_back_credit.booking).id, 'returned', 1);
  elsif private.uses_credit(give_back_credit.booking) then
    perform private.request_refund(
      give_back_credit.booking, private.credit_worth_cents(give_back_credit.booking), give_back_credit.reason
    );
  end if;
end;
$$;
