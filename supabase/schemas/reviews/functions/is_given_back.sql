/*
 * Whether all that a session cost went back to its client: refunded, lost to their bank, or as its credit. A part
 * of it is not all: an amount for goodwill takes no review away. What cost nothing can't go back.
 */
create function private.is_given_back(booking public.bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case
    when exists (
      select from public.credit_entries
      where credit_entries.booking_id = (is_given_back.booking).id and credit_entries.kind = 'returned'
    ) then true
    -- Most orders have neither, and what comes back of each session takes long to reckon.
    when exists (select from public.refunds where refunds.order_id = (is_given_back.booking).order_id)
      or exists (select from public.disputes where disputes.order_id = (is_given_back.booking).order_id)
      then private.session_cents(is_given_back.booking) > 0
        and private.session_returned_cents(is_given_back.booking) >= private.session_cents(is_given_back.booking)
    else false
  end;
$$;
